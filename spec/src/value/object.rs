//! Whole objects: what a body becomes.

use serde_json::{Map, Value};

use super::{accept, sent};
use crate::model::{Api, Field, Resource, Type};

/// One thing that is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Its place, a JSON Pointer.
    pub pointer: String,
    /// Its kind.
    pub code: &'static str,
}

impl Violation {
    /// A violation of the kind `code` at `pointer`.
    #[must_use]
    pub fn new(pointer: &str, code: &'static str) -> Self {
        let pointer = pointer.to_owned();
        Self { pointer, code }
    }
}

/// Reads the body of a create: every writable member, defaults for the rest.
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
                let place = format!("{pointer}/{}/{at}/{}", field.name, shared.id);
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
            found.push(Violation::new(
                &format!("{pointer}/{}", field.name),
                "read_only",
            ));
        }
    }
    object
}

/// The place of a member and its value, by whichever name the body has for it;
/// a second name is refused.
pub fn called<'b>(
    field: &Field,
    body: &'b Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> (String, Option<&'b Value>) {
    let names = std::iter::once(&field.name).chain(&field.also);
    let mut names = names.filter(|name| body.contains_key(*name));
    let first = names.next().unwrap_or(&field.name);
    found.extend(names.map(|name| Violation::new(&format!("{pointer}/{name}"), "unexpected")));
    (format!("{pointer}/{first}"), body.get(first))
}

/// Reads the members of an object; what is not sent takes its default.
pub fn read_object(
    api: &Api,
    fields: &[Field],
    body: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Map<String, Value>> {
    let before = found.len();
    let mut object = Map::new();
    // What a sibling decides is judged when the sibling is known.
    let chosen = |field: &&Field| matches!(field.ty, Type::Choice { .. });
    let plain = fields.iter().filter(|field| !chosen(field));
    for field in plain.chain(fields.iter().filter(chosen)) {
        let owner = object.clone();
        if let Some(value) = read_member(api, field, body, &owner, pointer, found) {
            object.insert(field.name.clone(), value);
        }
    }
    let names = fields.iter().map(|field| &field.name);
    let object: Map<String, Value> = names
        .filter_map(|name| Some((name.clone(), object.remove(name)?)))
        .collect();
    for field in fields {
        let place = format!("{pointer}/{}", field.name);
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
    (found.len() == before).then_some(object)
}

/// Reads a member of a new object beside those that are read already.
fn read_member(
    api: &Api,
    field: &Field,
    body: &Map<String, Value>,
    owner: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let (place, given) = called(field, body, pointer, found);
    match given.map(|value| sent(field, value)) {
        None if field.required => {
            found.push(Violation::new(&place, "required"));
            None
        }
        None if !field.fallback.is_empty() => None,
        None => Some(field.initial()),
        Some(Value::Null) if takes_null(field) => Some(Value::Null),
        Some(Value::Null) => {
            found.push(Violation::new(&place, "null"));
            None
        }
        Some(value) => accept(api, field, &value, owner, &place, found),
    }
}

/// Whether `null` may be sent: it is a value, or stands for "nothing" where
/// nothing else could.
#[must_use]
pub fn takes_null(field: &Field) -> bool {
    field.nullable || (!field.required && field.initial().is_null())
}
