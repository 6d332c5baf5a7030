//! Undocumented members.

use fieldproof_spec::model::{Api, Field, Operation, Type, UnknownMember, UnknownMembers};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::model::below;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};

pub(crate) static CHECK: Check = Check {
    name: "unknown",
    about: "A member that no document names is left out, never shown, and named in `Ignored-Members`, whatever its name is; where the switch \
            says so the body is refused instead.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let said = api.dialect.unknown_members.row.as_ref();
        owed(
            said,
            each_operation(api, &[Operation::Create, Operation::Update], &[]),
        )
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match api.switches.unknown_members {
        UnknownMembers::Reject => subject.mutations(&[Operator::UnknownTaken]),
        UnknownMembers::Ignore => subject.mutations_where(&[
            (
                api.dialect.unknown_members.is(UnknownMember::Named),
                Operator::UnknownUnnamed,
            ),
            (
                api.dialect.unknown_members.is(UnknownMember::Named),
                Operator::UnknownRaw,
            ),
            (
                !api.dialect.unknown_members.is(UnknownMember::Named),
                Operator::UnknownShown,
            ),
        ]),
    }
}

/// A name that no field has.
const NAME: &str = "zzzUnknown";

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make_with(resource, &Map::new())?;
    judge(harness, subject, &made, &json!({ NAME: 1 }), NAME)?;
    odd(harness, subject, &made)?;
    let written = |field: &&Field| {
        let written = match subject.operation() {
            Operation::Create => field.on_create(),
            _ => field.on_update(),
        };
        written && !field.list
    };
    let mut written = resource.fields.iter().filter(written);
    let object = |field: &&Field| matches!(field.ty, Type::Object(_));
    if let Some(field) = written.clone().find(object) {
        inside(harness, subject, &made, (field, &Map::new()))?;
    }
    match written.find_map(chosen) {
        Some((field, sibling)) => {
            // An update that sends the member alone is judged by what is stored.
            let made = harness.make_with(resource, &sibling)?;
            inside(harness, subject, &made, (field, &sibling))
        }
        None => Ok(()),
    }
}

/// A member that is an object for one value of a sibling, with that value.
fn chosen(field: &Field) -> Option<(&Field, Map<String, Value>)> {
    let Type::Choice { by, of } = &field.ty else {
        return None;
    };
    let (value, _) = of.iter().find(|(_, ty)| matches!(ty, Type::Object(_)))?;
    let sibling = [(by.clone(), json!(value))];
    Some((field, sibling.into_iter().collect()))
}

/// An unknown member of an object inside of the body.
fn inside(
    harness: &Harness<'_>,
    subject: &Subject,
    made: &Fixture,
    (field, sibling): (&Field, &Map<String, Value>),
) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let mut value = harness.value(resource, field, sibling);
    while !value.is_object() {
        value = harness.value(resource, field, sibling);
    }
    value[NAME] = json!(1);
    let mut body = match subject.operation() {
        Operation::Create => sibling.clone(),
        _ => Map::new(),
    };
    body.insert(field.name.clone(), value);
    let place = below(&below("", &field.name), NAME);
    let place = place.trim_start_matches('/');
    judge(harness, subject, made, &Value::Object(body), place)
}

/// Judges a name that cannot be sent raw in a header: it must neither break the header nor
/// count as two names.
fn odd(harness: &Harness<'_>, subject: &Subject, made: &Fixture) -> Result<(), CheckError> {
    let odd = request(
        harness,
        subject,
        made,
        &json!({ "zzz\r\nx-zzz: 1,zzzOther é": 1 }),
    )?;
    if harness.api.switches.unknown_members == UnknownMembers::Reject {
        return Ok(());
    }
    let exchange = harness.expect(status(harness, subject), &odd)?;
    let named = exchange.header("ignored-members").unwrap_or_default();
    let whole = exchange.header("x-zzz").is_none() && !exchange.json().is_null();
    let tells = harness.api.dialect.unknown_members.is(UnknownMember::Named);
    let one = !tells || named.split(',').filter(|one| one.contains("zzz")).count() == 1;
    harness.ensure(whole && one, || {
        format!("a name with a comma and the end of a line is one name, got `{named}`")
    })
}

/// The success status of the operation.
fn status(harness: &Harness<'_>, subject: &Subject) -> u16 {
    let create = subject.resource(harness.api).create.as_ref();
    match subject.operation() {
        Operation::Create => create.map_or(201, |create| create.status),
        _ => 200,
    }
}

/// Judges a body with an undocumented member at `place`.
fn judge(
    harness: &Harness<'_>,
    subject: &Subject,
    made: &Fixture,
    with: &Value,
    place: &str,
) -> Result<(), CheckError> {
    let request = request(harness, subject, made, with)?;
    if harness.api.switches.unknown_members == UnknownMembers::Reject {
        return harness
            .expect_violation(&request, &format!("/{place}"), &["unknown_member"])
            .map(drop);
    }
    let exchange = harness.expect(status(harness, subject), &request)?;
    let named = exchange
        .header("ignored-members")
        .unwrap_or_default()
        .to_owned();
    // A top-level member may be named without the slash of its pointer.
    let names = |one: &str| {
        let name = percent_decode_str(one.trim().trim_start_matches('/'));
        name.decode_utf8_lossy() == place
    };
    let tells = harness.api.dialect.unknown_members.is(UnknownMember::Named);
    harness.ensure(!tells || named.split(',').any(names), || {
        format!("`{place}` is named in Ignored-Members, got `{named}`")
    })?;
    harness.ensure(
        exchange.json().pointer(&format!("/{place}")).is_none(),
        || format!("`{place}` is not kept"),
    )
}

/// A request of the operation with these members beside the required ones.
fn request(
    harness: &Harness<'_>,
    subject: &Subject,
    made: &Fixture,
    with: &Value,
) -> Result<Request, CheckError> {
    let resource = subject.resource(harness.api);
    let sent = with.as_object().cloned().unwrap_or_default();
    Ok(match subject.operation() {
        Operation::Create => {
            let mut body = harness.small_body(resource, &sent);
            body.extend(sent);
            harness
                .create(resource, &made.collection)
                .json(&Value::Object(body))
        }
        _ => harness.change(resource, &made.path, with)?,
    })
}
