//! Values at and beyond documented bounds.

use fieldproof_spec::model::{Field, Refusal, Resource, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::kind::{Codes, Source, kind};
use crate::model::{accept, below, sent as meant};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{agrees, unchanged, writes};

pub(crate) static CHECK: Check = Check {
    name: "bounds",
    about: "The value at the bound is taken and kept, one beyond it is refused at its place. Lengths count Unicode \
            scalar values: as many emoji as letters.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create() && is_bounded(field)
        })
    },
    mutants: |api, subject| {
        let resource = subject.resource(api);
        let several = resource
            .update
            .as_ref()
            .is_some_and(|one| one.verbs.len() > 1);
        let mut bounded = resource
            .fields
            .iter()
            .filter(|one| one.on_update() && is_bounded(one));
        // The rules of all members are lost with one of the methods.
        let first = bounded
            .next()
            .is_some_and(|one| one.name == subject.part.name());
        let mut all = subject.mutations(&[Operator::BoundIgnored]);
        let lost = [(several && first, Operator::RulesOfFirst)];
        all.extend(subject.resource_mutations_where(&lost));
        all
    },
    run,
};

fn is_bounded(field: &Field) -> bool {
    field.max_items.is_some() || (!field.list && kind(&field.ty).is_bounded())
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let made = harness.make(resource)?;
    if let Some(most) = field.max_items {
        let child = child_of(harness, field);
        let list = |count: u32| -> Value {
            let one = |_| match child {
                Some(child) => Value::Object(harness.small_body(child, &Map::new())),
                None => harness.fresh_for(field, &Map::new()),
            };
            (0..count).map(one).collect()
        };
        if child.is_some_and(|one| harness.is_limited(one))
            && let Some(why) = harness.limited()
        {
            return Err(CheckError::Skip(why));
        }
        takes(harness, resource, field, &made, list(most))?;
        refuses(
            harness,
            resource,
            field,
            &made,
            list(most + 1),
            &["too_many_items"],
        )?;
        return one_too_many(harness, resource, field, most);
    }
    // Unique values are distinguished by a prefix.
    let mut front = |count: u32| match field.unique {
        Some(_) => harness.letters(count.min(12) as usize),
        None => String::new(),
    };
    let cases = kind(&field.ty).bounds(&mut front);
    let reserved = |value: &Value| field.reserved.iter().any(|text| value == text);
    for value in cases.taken.into_iter().filter(|value| !reserved(value)) {
        takes(harness, resource, field, &made, value)?;
    }
    for (value, codes) in cases.refused {
        refuses(harness, resource, field, &made, value, codes)?;
    }
    Ok(())
}

fn takes(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    value: Value,
) -> Result<(), CheckError> {
    let mut with = Map::new();
    with.insert(field.name.clone(), value.clone());
    let above = &made.ids[..made.ids.len() - 1];
    let fresh = harness.make_below(resource, above, harness.small_body(resource, &with))?;
    let kept = fresh.shown.get(&field.name).unwrap_or(&Value::Null);
    let expected = accept(harness.api, field, &value, &with, "", &mut Vec::new());
    let whole = expected.is_some_and(|expected| agrees(harness.api, field, &expected, kept));
    harness.ensure(whole || !field.is_shown(), || {
        format!("`{}` is kept whole", field.name)
    })
}

fn refuses(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    value: Value,
    codes: Codes,
) -> Result<(), CheckError> {
    // A value that stands for `null` violates no bound.
    if meant(field, &value).is_null() {
        return Ok(());
    }
    let pointer = below("", &field.name);
    for request in writes(harness, resource, field, made, &value) {
        harness.expect_violation(&request, &pointer, codes)?;
    }
    if resource.update.is_some() && field.on_update() {
        unchanged(harness, resource, made)?;
    }
    Ok(())
}

/// Judges that children that are created one by one are limited too.
fn one_too_many(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    most: u32,
) -> Result<(), CheckError> {
    let child = child_of(harness, field).filter(|child| child.create.is_some());
    let Some(child) = child else {
        return Ok(());
    };
    let items: Vec<Value> = (0..most)
        .map(|_| Value::Object(harness.small_body(child, &Map::new())))
        .collect();
    let mut with = Map::new();
    with.insert(field.name.clone(), Value::Array(items));
    let full = harness.make_with(resource, &with)?;
    let collection = crate::harness::collection(child, &full.ids);
    let body = Value::Object(harness.small_body(child, &Map::new()));
    harness
        .refused(
            Refusal::Validation,
            &harness.create(child, &collection).json(&body),
        )
        .map(drop)
}

/// The child resource of the field.
fn child_of<'a>(harness: &Harness<'a>, field: &Field) -> Option<&'a Resource> {
    let Type::Child(name) = &field.ty else {
        return None;
    };
    harness.api.resource(name)
}
