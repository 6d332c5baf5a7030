//! `null` as a value.

use fieldproof_spec::model::{Api, Blank, Field, Resource, Source, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::model::{accept, below, nothing, resets, shown, takes_null};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{cleared, dependants, refused_or_well, unchanged, writes};

pub(crate) static CHECK: Check = Check {
    name: "null",
    about: "`null` is taken and shown where it is documented as a value, and refused with the code `null` elsewhere; in an \
            update it sets a member that is never `null` to its default, and is refused where there is none.",
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
    let updates = subject.resource(api).update.is_some() && field.on_update();
    // If blank texts stand for `null`, there is no reset to miss.
    match updates && resets(field) && field.blank != Blank::Nothing {
        true => subject.mutations(&[Operator::NullTurned, Operator::ResetMissing]),
        false => subject.mutations(&[Operator::NullTurned]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let takes = takes_null(field) || field.blank == Blank::Nothing;
    let cleared = match field.blank {
        Blank::Nothing => shown(harness.api, &field.ty, &nothing(field)),
        _ => shown(harness.api, &field.ty, &Value::Null),
    };
    let mut with = Map::new();
    with.insert(field.name.clone(), Value::Null);
    let pointer = below("", &field.name);
    let made = harness.make(resource)?;
    let updates = resource.update.is_some() && field.on_update();
    if takes {
        let fresh = harness.make_with(resource, &with)?;
        let found = fresh.shown.get(&field.name);
        harness.ensure(found == Some(&cleared) || !field.is_shown(), || {
            format!("`{}` is shown as {cleared}", field.name)
        })?;
        if updates {
            let full = fitting(harness, resource, field, &made.shown);
            harness.expect(
                200,
                &harness.change(resource, &made.path, &Value::Object(full))?,
            )?;
            let exchange = harness.expect(
                200,
                &harness.change(resource, &made.path, &json!({ &field.name: null }))?,
            )?;
            harness.ensure(exchange.json()[&field.name] == cleared, || {
                format!("null clears `{}`", field.name)
            })?;
        }
        return Ok(());
    }
    if harness.api.dialect.scalars.row.is_none() {
        // It is documented that the member is never `null`, but not what happens when it is
        // sent.
        for request in writes(harness, resource, field, &made, &Value::Null) {
            let is_well = |shown: &Value| !shown.is_null() || field.initial().is_null();
            refused_or_well(harness, &request, field, &[], false, is_well)?;
        }
        return Ok(());
    }
    let body = harness.small_body(resource, &with);
    let request = harness
        .create(resource, &made.collection)
        .json(&Value::Object(body));
    harness.expect_violation(&request, &pointer, &["null", "type"])?;
    if updates && resets(field) {
        return reset(harness, resource, field, &made);
    }
    if updates {
        harness.expect_violation(
            &harness.change(resource, &made.path, &json!({ &field.name: null }))?,
            &pointer,
            &["null", "type"],
        )?;
        unchanged(harness, resource, &made)?;
    }
    Ok(())
}

/// Judges that every update method resets a member to its default by `null`.
fn reset(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
) -> Result<(), CheckError> {
    let initial = field.initial();
    let set = |source: &Source| matches!(source, Source::Setting { .. });
    let expected = match field.fallback.iter().any(set) {
        false => shown(harness.api, &field.ty, &initial),
        // With a fallback to a setting, a create without the member shows the expected
        // value.
        true => made_without(harness, resource, field)?,
    };
    for verb in resource.update.iter().flat_map(|update| &update.verbs) {
        let with = fitting(harness, resource, field, &made.shown);
        let with = harness.change_by(resource, &made.path, *verb, &Value::Object(with));
        harness.expect(200, &with)?;
        let mut body = dependants(harness, resource, field, &initial);
        body.insert(field.name.clone(), Value::Null);
        let request = harness.change_by(resource, &made.path, *verb, &Value::Object(body));
        let after = harness.expect(200, &request)?.json();
        let found = after.get(&field.name);
        let same = found.is_some_and(|found| agrees(harness, field, &expected, found));
        harness.ensure(same || !field.is_shown(), || {
            format!(
                "null sets `{}` to its default {expected}, got {}",
                field.name,
                found.unwrap_or(&Value::Null)
            )
        })?;
    }
    Ok(())
}

/// Whether a default is shown; stand-ins for members of an object are judged elsewhere.
fn agrees(harness: &Harness<'_>, field: &Field, expected: &Value, found: &Value) -> bool {
    let (Type::Object(name), Value::Object(map)) = (&field.ty, expected) else {
        return expected == found;
    };
    let members = harness.api.object(name).map_or(&[][..], |one| &one.fields);
    let plain = |name: &&String| {
        let member = members.iter().find(|one| one.name == **name);
        member.is_some_and(|one| one.fallback.is_empty())
    };
    let mut names = map.keys().filter(plain);
    names.all(|name| map.get(name) == found.get(name))
}

/// A change that gives a member another value, and adapts its siblings.
fn fitting(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    before: &Map<String, Value>,
) -> Map<String, Value> {
    // A value that differs in meaning from the default.
    let mut value = field.initial();
    for _ in 0..50 {
        let drawn = harness.value(resource, field, before);
        let read = accept(harness.api, field, &drawn, before, "", &mut Vec::new());
        if read.is_some_and(|read| read != field.initial()) {
            value = drawn;
            break;
        }
    }
    let mut body = dependants(harness, resource, field, &value);
    body.extend(cleared(resource, field, &value));
    body.insert(field.name.clone(), value);
    body
}

fn made_without(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
) -> Result<Value, CheckError> {
    let plain = harness.make_with(resource, &Map::new())?;
    Ok(plain.shown.get(&field.name).cloned().unwrap_or_default())
}
