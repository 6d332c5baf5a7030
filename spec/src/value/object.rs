//! Reading of whole objects from bodies.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::violation::Violation;
use super::{accept, below, sent};
use crate::model::{Api, Field, Resource, Type};

/// Reads the body of a create: writable members as sent, and defaults for the rest.
pub fn read(
    api: &Api,
    resource: &Resource,
    body: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Map<String, Value>> {
    let writable: Vec<Field> = resource
        .fields
        .iter()
        .filter(|field| field.on_create())
        .cloned()
        .collect();
    let object = read_object(api, &writable, body, pointer, found);
    for field in &writable {
        let shared = match &field.ty {
            Type::Shared(name) => api.object(name).and_then(|object| object.shared.as_ref()),
            _ => None,
        };
        let items = body.get(&field.name).and_then(Value::as_array);
        for (at, item) in items.into_iter().flatten().enumerate() {
            if let Some(shared) = shared.filter(|shared| item.get(&shared.id).is_some()) {
                let place = below(&format!("{}/{at}", below(pointer, &field.name)), &shared.id);
                found.push(Violation::new(&place, "read_only"));
            }
        }
    }
    for field in resource
        .fields
        .iter()
        .filter(|field| !field.on_create() && field.derive.is_none())
    {
        if body.contains_key(&field.name) {
            found.push(Violation::new(&below(pointer, &field.name), "read_only"));
        }
    }
    object
}

/// The pointer and value of a member, under whichever of its names the body uses; a second
/// name is refused.
pub fn called<'b>(
    field: &Field,
    body: &'b Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> (String, Option<&'b Value>) {
    let names = std::iter::once(&field.name).chain(&field.also);
    let mut names = names.filter(|name| body.contains_key(*name));
    let first = names.next().unwrap_or(&field.name);
    found.extend(names.map(|name| Violation::new(&below(pointer, name), "unexpected")));
    (below(pointer, first), body.get(first))
}

/// The body, with the default of the sibling that decides the field's type if it is not
/// sent.
fn deciding<'b>(
    fields: &[Field],
    field: &Field,
    body: &'b Map<String, Value>,
) -> Cow<'b, Map<String, Value>> {
    let Type::Choice { by, .. } = &field.ty else {
        return Cow::Borrowed(body);
    };
    let sibling = fields.iter().find(|one| one.name == *by);
    let Some(sibling) = sibling.filter(|one| !body.contains_key(&one.name)) else {
        return Cow::Borrowed(body);
    };
    let mut whole = body.clone();
    whole.insert(by.clone(), sibling.initial());
    Cow::Owned(whole)
}

/// Reads the members of an object; members that are not sent get their defaults.
pub fn read_object(
    api: &Api,
    fields: &[Field],
    body: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Map<String, Value>> {
    let before = found.len();
    let mut object = Map::new();
    for field in fields {
        let (place, given) = called(field, body, pointer, found);
        let given = given.map(|value| sent(field, value));
        let value = match &given {
            None if field.required => {
                found.push(Violation::new(&place, "required"));
                continue;
            }
            None if !field.fallback.is_empty() => continue,
            None => field.initial(),
            Some(Value::Null) if takes_null(field) => Value::Null,
            Some(Value::Null) => {
                found.push(Violation::new(&place, "null"));
                continue;
            }
            Some(value) => match accept(
                api,
                field,
                value,
                &deciding(fields, field, body),
                &place,
                found,
            ) {
                Some(value) => value,
                None => continue,
            },
        };
        object.insert(field.name.clone(), value);
    }
    judge_conditions(fields, &object, pointer, found);
    (found.len() == before).then_some(object)
}

/// Checks the conditions between siblings in a whole object.
pub fn judge_conditions(
    fields: &[Field],
    object: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) {
    for field in fields {
        let place = below(pointer, &field.name);
        let there = object.get(&field.name).map(|value| !value.is_null());
        for (sibling, text) in &field.only_if {
            let other = object
                .get(sibling)
                .is_some_and(|value| value != text.as_str());
            if there == Some(true) && other {
                found.push(Violation::new(&place, "unexpected"));
            }
        }
        for (sibling, text) in &field.required_if {
            let same = object
                .get(sibling)
                .is_some_and(|value| value == text.as_str());
            if there == Some(false) && same {
                found.push(Violation::new(&place, "required"));
            }
        }
    }
}

/// Whether `null` may be sent: it is a valid value, or the member is optional and has no
/// other default.
#[must_use]
pub fn takes_null(field: &Field) -> bool {
    let empty = !field.required && field.fallback.is_empty() && field.initial().is_null();
    field.nullable || empty
}
