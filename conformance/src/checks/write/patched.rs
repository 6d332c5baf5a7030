//! Merge patches of values that are otherwise replaced as a whole.

use fieldproof_spec::model::{Api, Field, Mode, Resource, Type, Verb};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Exchange, Fixture, Harness, Request};
use crate::kind::kind;
use crate::model::{accept, below, merges, shown as masked, takes_null};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::strategy::of_type;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "patched",
    about: "A merge patch (RFC 7396) changes single members of an object that may be `null`, of a map and of a template: \
            those that it does not send stay, and `null` removes one, which is refused where the object needs it.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            let update = resource.update.as_ref();
            let patches = update.is_some_and(|one| one.verbs.contains(&Verb::Patch));
            // That PATCH reads merge patches is a house convention.
            let house = api.dialect.house.is_some();
            house && resource.create.is_some() && patches && field.on_update() && is_partial(field)
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let nulls = kind(&subject.field(api).ty).holds_null();
    subject.mutations_where(&[
        (true, Operator::PatchReplaces),
        (nulls, Operator::PatchKeepsNull),
    ])
}

/// Whether a plain update replaces the member as a whole, and a patch does not.
fn is_partial(field: &Field) -> bool {
    kind(&field.ty).is_merged() && !merges(field) && !field.list
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    if let Type::Object(name) = &field.ty {
        let members = harness.api.object(name).map_or(&[][..], |one| &one.fields);
        return object(harness, resource, field, members);
    }
    let Some([whole, patch, expected]) = kind(&field.ty).patch() else {
        return Ok(());
    };
    let made = made(harness, resource, field, &whole)?;
    let after = shown(
        field,
        &patched(harness, &made, &json!({ &field.name: patch }))?,
    );
    harness.ensure(after == expected || !field.is_shown(), || {
        format!("{whole} patched with {patch} is {expected}, got {after}")
    })
}

fn object(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    members: &[Field],
) -> Result<(), CheckError> {
    let mut whole = harness.draw(&of_type(harness.api, &field.ty, &Map::new()));
    let made = made(harness, resource, field, &whole)?;
    for member in members.iter().filter(|one| one.mode != Mode::ReadOnly) {
        let place = below(&below("", &field.name), &member.name);
        let other = harness.value(resource, member, &Map::new());
        for value in [other, Value::Null] {
            let mut next = whole.as_object().cloned().unwrap_or_default();
            match value.is_null() {
                true => next.shift_remove(&member.name),
                false => {
                    let before = next.get(&member.name).cloned().unwrap_or_default();
                    let value = merged(member, before, &value);
                    next.insert(member.name.clone(), value)
                }
            };
            let next = Value::Object(next);
            let patch = json!({ &field.name: { &member.name: value } });
            let mut found = Vec::new();
            let read = accept(harness.api, field, &next, &Map::new(), "", &mut found);
            match read {
                Some(read) => {
                    let expected = masked(harness.api, &field.ty, &read);
                    let after = shown(field, &patched(harness, &made, &patch)?);
                    harness.ensure(after == expected || !field.is_shown(), || {
                        format!("after {patch} `{}` is {expected}, got {after}", field.name)
                    })?;
                    whole = next;
                }
                None if member.required && value.is_null() => {
                    let request = request(&made, &patch);
                    harness.expect_violation(&request, &place, &["required", "null"])?;
                }
                // A sibling forbids the value.
                None => {}
            }
        }
    }
    if !takes_null(field) {
        return Ok(());
    }
    let cleared = patched(harness, &made, &json!({ &field.name: null }))?;
    harness.ensure(
        shown(field, &cleared).is_null() || !field.is_shown(),
        || format!("null clears `{}`", field.name),
    )?;
    let again = patched(harness, &made, &json!({ &field.name: whole }))?;
    let read = accept(harness.api, field, &whole, &Map::new(), "", &mut Vec::new());
    let expected = masked(harness.api, &field.ty, &read.unwrap_or_default());
    harness.ensure(
        shown(field, &again) == expected || !field.is_shown(),
        || format!("a patch makes `{}` where there is none", field.name),
    )
}

/// The value of a member after a patch (RFC 7396): maps and objects are merged.
fn merged(member: &Field, before: Value, patch: &Value) -> Value {
    match kind(&member.ty).is_merged() && !member.list {
        true => merge_patch(before, patch),
        false => patch.clone(),
    }
}

/// Merges a patch into a value (RFC 7396 section 2).
fn merge_patch(before: Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else {
        return patch.clone();
    };
    let mut merged = match before {
        Value::Object(old) => old,
        _ => Map::new(),
    };
    for (name, value) in patch {
        let old = merged.shift_remove(name).unwrap_or_default();
        if !value.is_null() {
            merged.insert(name.clone(), merge_patch(old, value));
        }
    }
    Value::Object(merged)
}

fn made(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    whole: &Value,
) -> Result<Fixture, CheckError> {
    let with = [(field.name.clone(), whole.clone())].into_iter().collect();
    harness.make_with(resource, &with)
}

fn request(made: &Fixture, patch: &Value) -> Request {
    let mut request = Request::new("PATCH", &made.path).json(patch);
    request.headers.clear();
    request.header("content-type", "application/merge-patch+json")
}

fn patched(harness: &Harness<'_>, made: &Fixture, patch: &Value) -> Result<Exchange, CheckError> {
    harness.expect(200, &request(made, patch))
}

fn shown(field: &Field, exchange: &Exchange) -> Value {
    exchange
        .json()
        .get(&field.name)
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge_patch;

    #[test]
    fn examples_of_rfc_7396_merge_as_it_says() {
        for (before, patch, after) in [
            (
                json!({ "a": "b" }),
                json!({ "a": "c" }),
                json!({ "a": "c" }),
            ),
            (json!({ "a": "b" }), json!({ "a": null }), json!({})),
            (
                json!({ "a": ["b"] }),
                json!({ "a": "c" }),
                json!({ "a": "c" }),
            ),
            (
                json!({ "a": "c" }),
                json!({ "a": ["b"] }),
                json!({ "a": ["b"] }),
            ),
            (
                json!({ "a": { "b": "c" } }),
                json!({ "a": { "b": "d", "c": null } }),
                json!({ "a": { "b": "d" } }),
            ),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (
                json!({ "e": null }),
                json!({ "a": 1 }),
                json!({ "e": null, "a": 1 }),
            ),
            (
                json!([1, 2]),
                json!({ "a": "b", "c": null }),
                json!({ "a": "b" }),
            ),
            (
                json!({}),
                json!({ "a": { "bb": { "ccc": null } } }),
                json!({ "a": { "bb": {} } }),
            ),
        ] {
            assert_eq!(
                merge_patch(before.clone(), &patch),
                after,
                "{before} {patch}"
            );
        }
    }
}
