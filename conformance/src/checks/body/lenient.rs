//! Alternative JSON values with the same meaning.

use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{accept, below, shown as masked};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{is_changed, taken_by_changes};

pub(crate) static CHECK: Check = Check {
    name: "lenient",
    about: "Other JSON values that mean the same are taken and shown in the one documented form; what only looks like \
            them is refused with the code `type`.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && field.lenient && field.is_shown()
        })
    },
    mutants: |api, subject| {
        let changed = is_changed(subject.resource(api), subject.field(api));
        subject.mutations_where(&[
            (true, Operator::LenientMissing),
            (changed, Operator::FormsOfCreate),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let body = |value: &Value| {
        let value = match field.list {
            true => Value::Array(vec![value.clone()]),
            false => value.clone(),
        };
        let mut with = Map::new();
        with.insert(field.name.clone(), value);
        harness.small_body(resource, &with)
    };
    let number = i64::try_from(harness.nonce()).unwrap_or_default();
    let cases = kind(&field.ty).lenient(number);
    let mut pairs = Vec::new();
    for value in cases.taken {
        let sent = body(&value);
        let own = &sent[&field.name];
        let expected = accept(harness.api, field, own, &sent, "", &mut Vec::new());
        // A number may be too short as a text, or reserved.
        if expected.is_none() {
            continue;
        }
        pairs.push((own.clone(), own.clone()));
        let made = harness.make_below(resource, &above, sent)?;
        let shown = made.shown.get(&field.name).unwrap_or(&Value::Null);
        let expected = masked(harness.api, &field.ty, &expected.unwrap_or_default());
        harness.ensure(*shown == expected || !field.is_shown(), || {
            format!("{value} is shown as {expected}, got {shown}")
        })?;
    }
    taken_by_changes(harness, resource, field, &above, &pairs)?;
    for (value, codes) in cases.refused {
        let request = harness
            .create(resource, &collection)
            .json(&Value::Object(body(&value)));
        let place = if field.list { "/0" } else { "" };
        harness.expect_violation(
            &request,
            &format!("{}{place}", below("", &field.name)),
            codes,
        )?;
    }
    Ok(())
}
