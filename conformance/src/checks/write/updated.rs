//! Values that an update changes, and those that it leaves alone.

use fieldproof_spec::model::{Field, Type, Validators};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::{deciding_first, kind};
use crate::model::{accept, sent as meant};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{agrees, cleared, dependants, differs, other_value};

pub(crate) static CHECK: Check = Check {
    name: "updated",
    about: "An update that sends the member alone changes it, and by the reference model nothing else: members that \
            are not sent keep their value. `null` clears it where that is documented.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.update.is_some() && field.on_update()
        })
    },
    mutants: |api, subject| {
        // Of what is not shown a change is seen by the entity tag alone.
        let tags = api.dialect.validators.is(Validators::Strong);
        let seen = subject.field(api).is_shown() || tags;
        subject.mutations_where(&[(seen, Operator::UpdateForgets)])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    // Every member has a value that a careless update would lose.
    let mut full = Map::new();
    let written = resource
        .fields
        .iter()
        .filter(|one| one.on_create() && !matches!(one.ty, Type::Child(_)) && !fixed(one, field));
    for one in deciding_first(written) {
        let value = harness.value(resource, one, &full);
        full.insert(one.name.clone(), value);
    }
    if let Some(one) = resource
        .fields
        .iter()
        .find(|one| one.required && fixed(one, field))
    {
        let why = format!(
            "`{}` cannot change with `{}`, which decides its type",
            one.name, field.name
        );
        return Err(CheckError::Skip(why));
    }
    let mut own = Map::new();
    own.extend(
        full.get(&field.name)
            .map(|value| (field.name.clone(), value.clone())),
    );
    harness.one_of_each(resource, &mut full, &own);
    let made = harness.make_with(resource, &full)?;
    let (mut before, mut etag) = (made.shown.clone(), made.etag.clone());
    // What is not shown is what was sent last.
    let hidden = |body: &Map<String, Value>| {
        let sent = body.get(&field.name).filter(|_| !field.is_shown())?;
        accept(harness.api, field, sent, body, "", &mut Vec::new())
    };
    before.extend(hidden(&made.sent).map(|value| (field.name.clone(), value)));
    for case in 0..harness.cases().min(4) {
        let mut body = Map::new();
        // A sibling that decides the type is sent along, or the value fits the old one.
        let value = match (case, field.nullable) {
            (3, true) => Value::Null,
            _ => other_value(harness, resource, field, &before),
        };
        let by = dependants(harness, resource, field, &value);
        body.extend(by);
        body.extend(cleared(resource, field, &value));
        body.insert(field.name.clone(), value.clone());
        let mut owner = before.clone();
        owner.extend(body.clone());
        let exchange = harness.expect(
            200,
            &harness.change(resource, &made.path, &Value::Object(body.clone()))?,
        )?;
        // Of what is not shown a change is seen by the ETag alone.
        let tag = exchange.header("etag").unwrap_or_default().to_owned();
        let same = !differs(harness, field, &value, &before);
        let moved =
            field.is_shown() || value.is_null() || same || tag != etag || !harness.has_tags();
        harness.ensure(moved, || {
            format!("the ETag moves when `{}` changes", field.name)
        })?;
        etag = tag;
        let Value::Object(after) = exchange.json() else {
            return harness.fail("an update answers with the object");
        };
        for one in resource
            .fields
            .iter()
            .filter(|one| one.is_shown() && one.derive.is_none())
        {
            let shown = after.get(&one.name).unwrap_or(&Value::Null);
            let expected = match body.get(&one.name) {
                Some(sent) if meant(one, sent).is_null() => Some(Value::Null),
                Some(sent) => accept(
                    harness.api,
                    one,
                    &meant(one, sent),
                    &owner,
                    "",
                    &mut Vec::new(),
                ),
                None if resource
                    .times
                    .as_ref()
                    .is_some_and(|times| times.updated == one.name) =>
                {
                    continue;
                }
                None => before.get(&one.name).cloned(),
            };
            harness.ensure(
                expected
                    .as_ref()
                    .is_some_and(|expected| agrees(harness.api, one, expected, shown)),
                || {
                    let expected = expected.clone().unwrap_or_default();
                    format!(
                        "after a change of `{}`, `{}` is {expected}, got {shown}",
                        field.name, one.name
                    )
                },
            )?;
        }
        if resource.get.is_some() {
            let read = harness.get(resource, &made.path)?;
            harness.ensure(read == after, || {
                "a read shows what the update answered".to_owned()
            })?;
        }
        before = after;
        before.extend(hidden(&body).map(|value| (field.name.clone(), value)));
    }
    Ok(())
}

/// Whether a member cannot change with the one that decides its type.
fn fixed(one: &Field, field: &Field) -> bool {
    kind(&one.ty).decided_by() == Some(field.name.as_str()) && !one.on_update()
}
