//! Undocumented members.

use fieldproof_spec::model::{Api, Field, Operation, Type, UnknownMember, UnknownMembers, Verb};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request, collection};
use crate::model::{below, path};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "unknown",
    about: "A member that no document names is left out, never shown, not by a read or a list either, and named in \
            `Ignored-Members`, whatever its name is; where the switch says so the body is refused instead.",
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
    let resource = subject.resource(api);
    let is_read = resource.get.is_some() || resource.list.is_some();
    let named = api.dialect.unknown_members.is(UnknownMember::Named);
    match api.switches.unknown_members {
        UnknownMembers::Reject => subject.mutations(&[Operator::UnknownTaken]),
        UnknownMembers::Ignore => subject.mutations_where(&[
            (named, Operator::UnknownUnnamed),
            (named, Operator::UnknownRaw),
            (named, Operator::UnknownInvented),
            (!named, Operator::UnknownShown),
            (is_read, Operator::UnknownKept),
        ]),
    }
}

/// A name that no field has.
const NAME: &str = "zzzUnknown";

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let here = spot(harness, subject, &Map::new())?;
    judge(harness, subject, &here, &json!({ NAME: 1 }), NAME)?;
    odd(harness, subject, &here)?;
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
        inside(harness, subject, &here, (field, &Map::new()))?;
    }
    match written.find_map(chosen) {
        Some((field, sibling)) => {
            // An update that sends the member alone is judged by what is stored.
            let here = spot(harness, subject, &sibling)?;
            inside(harness, subject, &here, (field, &sibling))
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
    here: &Spot,
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
    judge(harness, subject, here, &Value::Object(body), place)
}

/// Where the operation is asked for.
struct Spot {
    /// The identifiers of the parents.
    above: Vec<String>,
    /// The object that is changed; a create has none.
    made: Option<Fixture>,
}

/// Where the operation is asked for: a create is judged by what it makes itself, a change has
/// an object with these members.
fn spot(
    harness: &Harness<'_>,
    subject: &Subject,
    with: &Map<String, Value>,
) -> Result<Spot, CheckError> {
    let resource = subject.resource(harness.api);
    let made = match subject.operation() {
        Operation::Create => None,
        _ => Some(harness.make_with(resource, with)?),
    };
    let above = match &made {
        Some(made) => made.ids[..made.ids.len() - 1].to_vec(),
        None => harness.make_above(resource)?,
    };
    Ok(Spot { above, made })
}

/// Judges a name that cannot be sent raw in a header: it must neither break the header nor
/// count as two names.
fn odd(harness: &Harness<'_>, subject: &Subject, spot: &Spot) -> Result<(), CheckError> {
    if harness.api.switches.unknown_members == UnknownMembers::Reject {
        return Ok(());
    }
    let odd = json!({ "zzz\r\nx-zzz: 1,zzzOther é": 1 });
    let Some(odd) = requests(harness, subject, spot, &odd).into_iter().next() else {
        return Ok(());
    };
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
    spot: &Spot,
    with: &Value,
    place: &str,
) -> Result<(), CheckError> {
    for request in requests(harness, subject, spot, with) {
        if harness.api.switches.unknown_members == UnknownMembers::Reject {
            harness.expect_violation(&request, &format!("/{place}"), &["unknown_member"])?;
        } else {
            left_out(harness, subject, spot, &request, place)?;
        }
    }
    match (harness.api.switches.unknown_members, &spot.made) {
        (UnknownMembers::Reject, Some(made)) => {
            unchanged(harness, subject.resource(harness.api), made)
        }
        (UnknownMembers::Reject | UnknownMembers::Ignore, _) => Ok(()),
    }
}

/// A request with such a member is taken without it.
fn left_out(
    harness: &Harness<'_>,
    subject: &Subject,
    spot: &Spot,
    request: &Request,
    place: &str,
) -> Result<(), CheckError> {
    let exchange = harness.expect(status(harness, subject), request)?;
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
    let answer = exchange.json();
    let resource = subject.resource(harness.api);
    let mut shown = vec![answer.clone()];
    if let Some(id) = resource.id_of(&answer) {
        let ids = [spot.above.as_slice(), std::slice::from_ref(&id)].concat();
        if resource.get.is_some() {
            shown.push(harness.get(resource, &path(resource, &ids))?.into());
        }
        if resource.list.is_some() {
            let all = harness.all(resource, &collection(resource, &spot.above), "")?;
            let own = |item: &Value| resource.id_of(item).as_ref() == Some(&id);
            shown.extend(all.into_iter().find(own));
        }
    }
    let kept = shown
        .iter()
        .find(|one| one.pointer(&format!("/{place}")).is_some());
    harness.ensure(kept.is_none(), || {
        format!(
            "`{place}` is kept nowhere, got {}",
            kept.unwrap_or(&Value::Null)
        )
    })
}

/// The operation with these members beside what it needs, by each of its methods.
fn requests(harness: &Harness<'_>, subject: &Subject, spot: &Spot, with: &Value) -> Vec<Request> {
    let resource = subject.resource(harness.api);
    let sent = with.as_object().cloned().unwrap_or_default();
    match subject.operation() {
        Operation::Create => {
            let verbs = resource.create.iter().flat_map(|create| &create.verbs);
            let one = |verb: &Verb| {
                let mut body = harness.small_body(resource, &sent);
                body.extend(sent.clone());
                let mut create = harness.create(resource, &collection(resource, &spot.above));
                verb.as_str().clone_into(&mut create.method);
                create.json(&Value::Object(body))
            };
            verbs.map(one).collect()
        }
        _ => {
            let verbs = resource.update.iter().flat_map(|update| &update.verbs);
            let path = spot.made.as_ref().map_or("", |made| &made.path);
            let one = |verb: &Verb| harness.change_by(resource, path, *verb, with);
            verbs.map(one).collect()
        }
    }
}
