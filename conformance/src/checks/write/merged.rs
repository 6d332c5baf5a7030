//! Nested objects that an update changes member by member.

use fieldproof_spec::model::{Api, Field, Mode, Object, Resource, Type, Update};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{below, merges, resets, shown as masked, stand_ins, takes_null};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::strategy::of_type;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "merged",
    about: "An update that sends one member of the nested object changes it and keeps the others; `null` clears it where \
            that is a value, and where another member stands in for it that one is shown; one that is never `null` gets its \
            default by it, and is refused where it has none.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && resource.update.as_ref().is_some_and(Update::merges)
                && field.on_update()
                && field.is_shown()
                && merges(field)
        })
    },
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let object = object_of(api, subject.field(api));
    let some = object.is_some_and(|object| object.fields.iter().any(resets));
    subject.mutations_where(&[
        (true, Operator::NestedReplaced),
        (some, Operator::ResetMissing),
    ])
}

/// The object that the field holds.
fn object_of<'a>(api: &'a Api, field: &Field) -> Option<&'a Object> {
    let Type::Object(name) = &field.ty else {
        return None;
    };
    api.object(name)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let Some(object) = object_of(harness.api, field) else {
        return Ok(());
    };
    let whole = harness.draw(&of_type(harness.api, &field.ty, &Map::new()));
    let with = [(field.name.clone(), whole)].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let mut shown = made.shown.clone();
    changed(
        harness,
        resource,
        &made.path,
        &[field],
        &object.fields,
        &mut shown,
    )
}

/// Changes each member of an object on its own, `path` leads there; objects that
/// always have a value change member by member in turn.
fn changed(
    harness: &Harness<'_>,
    resource: &Resource,
    at: &str,
    path: &[&Field],
    members: &[Field],
    before: &mut Map<String, Value>,
) -> Result<(), CheckError> {
    let field = path[0];
    let place: String = path.iter().map(|one| below("", &one.name)).collect();
    let decides = |member: &Field| {
        let by = |one: &Field| {
            let mut conditions = one.only_if.iter().chain(&one.required_if);
            kind(&one.ty).decided_by() == Some(member.name.as_str())
                || conditions.any(|(sibling, _)| *sibling == member.name)
        };
        members.iter().any(by)
    };
    let written = |one: &&Field| one.mode != Mode::ReadOnly && !decides(one);
    for member in members.iter().filter(written) {
        let owner = Value::Object(before.clone()).pointer(&place).cloned();
        let owner = owner
            .and_then(|one| one.as_object().cloned())
            .unwrap_or_default();
        let holds =
            |(sibling, text): &(String, String)| owner.get(sibling) == Some(&text.as_str().into());
        if !member.only_if.iter().all(holds) {
            continue;
        }
        // Another value than the one that `null` sets, so that it is seen to be set.
        let mut other = harness.value(resource, member, &owner);
        for _ in 0..20 {
            if read(harness, member, &other, &owner) != member.initial() {
                break;
            }
            other = harness.value(resource, member, &owner);
        }
        let mut values = vec![other];
        let needed = member.required_if.iter().any(holds);
        let nested = |value: &Value| {
            let inner = json!({ &member.name: value });
            let steps = path.iter().rev();
            steps.fold(inner, |inner, one| json!({ &one.name: inner }))
        };
        if needed {
            let refused = harness.change(resource, at, &nested(&Value::Null))?;
            let place = below(&place, &member.name);
            harness.expect_violation(&refused, &place, &["required"])?;
        } else if takes_null(member) || resets(member) {
            values.push(Value::Null);
        } else {
            let refused = harness.change(resource, at, &nested(&Value::Null))?;
            let place = below(&place, &member.name);
            harness.expect_violation(&refused, &place, &["null", "type"])?;
        }
        for value in values {
            let body = nested(&value);
            let after = harness
                .expect(200, &harness.change(resource, at, &body)?)?
                .json();
            let mut expected = before.get(&field.name).cloned().unwrap_or_default();
            let settled = match path {
                [_] => settled(harness, resource, field, member, &value, &owner, &after),
                _ if value.is_null() && resets(member) => {
                    masked(harness.api, &member.ty, &member.initial())
                }
                _ => read(harness, member, &value, &owner),
            };
            let within = place[1..]
                .split_once('/')
                .map_or(String::new(), |(_, rest)| format!("/{rest}"));
            if let Some(object) = expected.pointer_mut(&within) {
                object[&member.name] = settled;
            }
            let expected = masked(harness.api, &field.ty, &expected);
            harness.ensure(after[&field.name] == expected, || {
                format!(
                    "after {body} `{}` is {expected}, got {}",
                    field.name, after[&field.name]
                )
            })?;
            *before = after.as_object().cloned().unwrap_or_default();
        }
        if let (Type::Object(name), true) = (&member.ty, merges(member)) {
            let inner = harness.api.object(name).map_or(&[][..], |one| &one.fields);
            changed(
                harness,
                resource,
                at,
                &[path, &[member]].concat(),
                inner,
                before,
            )?;
        }
    }
    Ok(())
}

fn read(harness: &Harness<'_>, member: &Field, value: &Value, owner: &Map<String, Value>) -> Value {
    if value.is_null() {
        return Value::Null;
    }
    crate::model::accept(harness.api, member, value, owner, "", &mut Vec::new()).unwrap_or_default()
}

/// What a member is after it was sent.
fn settled(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    member: &Field,
    value: &Value,
    owner: &Map<String, Value>,
    shown: &Value,
) -> Value {
    if value.is_null() && resets(member) {
        return masked(harness.api, &member.ty, &member.initial());
    }
    if value.is_null() {
        let from = stand_ins(harness.api, resource)
            .into_iter()
            .find(|(object, own, _)| *object == field.name && *own == member.name);
        return from.map_or(Value::Null, |(_, _, from)| shown[&from].clone());
    }
    read(harness, member, value, owner)
}
