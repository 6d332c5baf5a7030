//! Values of wrong types.

use fieldproof_spec::model::{Api, Field, Refusal, Resource};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::kind::{Json, kind};
use crate::model::{accept, below};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::strategy::wrong_types;
use crate::subject::{Subject, fields};
use crate::support::{has_form, one_change, refused_or_well, unchanged, writes};

pub(crate) static CHECK: Check = Check {
    name: "typed",
    about: "A value of another JSON type is refused at its place with the code `type`, by creates and updates, and \
            nothing is stored. Truth values are read as 1, 0 and as text as well, and shown as truth values. A number is \
            whole by what it is: `3.0` is 3.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let field = subject.field(api);
    if api.dialect.house.is_none() {
        return subject.mutations(&[Operator::TypeIgnored]);
    }
    match (kind(&field.ty).json(), field.list) {
        (Json::Truth, _) => subject.mutations(&[
            Operator::TypeIgnored,
            Operator::BooleanKept,
            Operator::BooleanLoose,
        ]),
        (Json::Whole, false) => {
            subject.mutations(&[Operator::TypeIgnored, Operator::IntegerWritten])
        }
        (Json::Text | Json::Whole | Json::Fraction | Json::Object, _) => {
            subject.mutations(&[Operator::TypeIgnored])
        }
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let made = harness.make(resource)?;
    let strict = harness.api.dialect.scalars.row.is_some();
    let is_well = |shown: &Value| shown.is_null() || has_form(harness, resource, field, shown);
    for value in wrong_types(harness.api, field) {
        for request in writes(harness, resource, field, &made, &value) {
            refused_or_well(harness, &request, field, &["type"], strict, is_well)?;
        }
    }
    if field.list && strict {
        elements(harness, resource, field, &made)?;
    }
    beside(harness, resource, field, &made)?;
    if !strict {
        return Ok(());
    }
    unchanged(harness, resource, &made)?;
    // Alternative notations of values are a house convention.
    match field.list || !harness.is_house() {
        true => Ok(()),
        false => written(harness, resource, field),
    }
}

/// Judges that all JSON notations of a value are accepted.
fn written(harness: &Harness<'_>, resource: &Resource, field: &Field) -> Result<(), CheckError> {
    let cases = kind(&field.ty).written();
    // For unique members, another notation would be the same value.
    let taken = cases.taken.iter().filter(|_| field.unique.is_none());
    for (sent, meant) in taken {
        let with = [(field.name.clone(), sent.clone())].into_iter().collect();
        let made = harness.make_with(resource, &with)?;
        let shown = made.shown.get(&field.name);
        harness.ensure(!field.is_shown() || shown == Some(meant), || {
            let shown = shown.unwrap_or(&Value::Null);
            format!("{sent} is shown as {meant}, got {shown}")
        })?;
    }
    let above = harness.make_above(resource)?;
    for (value, codes) in cases.refused {
        let with = [(field.name.clone(), value)].into_iter().collect();
        let body = Value::Object(harness.small_body(resource, &with));
        let request = harness.create(resource, &crate::harness::collection(resource, &above));
        harness.expect_violation(&request.json(&body), &below("", &field.name), codes)?;
    }
    Ok(())
}

/// Judges that items of a wrong type are refused at their place.
fn elements(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
) -> Result<(), CheckError> {
    if !matches!(kind(&field.ty).json(), Json::Text) || field.max_items == Some(0) {
        return Ok(());
    }
    for element in [json!(1), json!(true), json!({}), json!([])] {
        let mut found = Vec::new();
        let value = json!([element]);
        let read = accept(harness.api, field, &value, &Map::new(), "", &mut found);
        let [one] = found.as_slice() else { continue };
        if read.is_some() || one.code != "type" {
            continue;
        }
        let pointer = format!("{}{}", below("", &field.name), one.pointer);
        for request in writes(harness, resource, field, made, &value) {
            harness.expect_violation(&request, &pointer, &["type"])?;
        }
    }
    Ok(())
}

/// Judges that a change that is refused for one member stores no other member either.
fn beside(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
) -> Result<(), CheckError> {
    if !harness.says(Refusal::Validation) || resource.update.is_none() || !field.on_update() {
        return Ok(());
    }
    let wrong = wrong_types(harness.api, field).into_iter().next();
    let good = one_change(harness, resource, &made.shown);
    if let (Some(wrong), Some(Value::Object(mut body))) = (wrong, good) {
        body.insert(field.name.clone(), wrong);
        let change = harness.change(resource, &made.path, &Value::Object(body))?;
        harness.refused(Refusal::Validation, &change)?;
        unchanged(harness, resource, made)?;
    }
    Ok(())
}
