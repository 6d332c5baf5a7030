//! Values of documented types: which are accepted, and how they are stored and shown.
//!
//! This module defines which values a type accepts, both for findings about values in specs
//! (defaults, examples) and for the reference model of `conformance`. The runtime has its
//! own definition, which the suite compares with this one.

mod known;
pub mod object;
mod one;
mod pointer;
pub mod template;
pub mod time;
mod violation;
mod wire;

use std::collections::HashSet;

use serde_json::{Map, Value, json};

pub use self::known::alike;
pub use self::pointer::below;
pub use self::violation::Violation;
pub use crate::kind::{external, one_form as number};

use self::one::one;
use self::violation::refuse;
use self::wire::headers;
use crate::kind::kind;
use crate::model::{Api, Blank, Field, Role, Type};

/// Reads the value of a field other than `null`; `owner` is the body that contains it, for
/// types that depend on a sibling.
pub fn accept(
    api: &Api,
    field: &Field,
    value: &Value,
    owner: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    if !field.list {
        return single(api, field, value, owner, pointer, found);
    }
    let items = match value {
        Value::Array(items) => items,
        alone if field.scalar_as_list => {
            let alone = single(api, field, alone, owner, pointer, found)?;
            return Some(Value::Array(vec![alone]));
        }
        _ => return refuse(found, pointer, "type"),
    };
    let most = field.max_items.unwrap_or(1_000) as usize;
    // The items of a list that is too long are not checked.
    if items.len() > most {
        return refuse(found, pointer, "too_many_items");
    }
    let before = found.len();
    let items: Vec<Option<Value>> = items
        .iter()
        .enumerate()
        .map(|(at, item)| single(api, field, item, owner, &format!("{pointer}/{at}"), found))
        .collect();
    match found.len() == before {
        true => items
            .into_iter()
            .collect::<Option<Vec<Value>>>()
            .map(|items| {
                Value::Array(if field.unique_items {
                    set(api, field, items)
                } else {
                    items
                })
            }),
        false => None,
    }
}

/// A value as shown: a secret only shows whether it is set, and an object only has the
/// members that clients may read.
#[must_use]
pub fn shown(api: &Api, ty: &Type, value: &Value) -> Value {
    match (ty, value) {
        (ty, Value::Array(items)) => items.iter().map(|item| shown(api, ty, item)).collect(),
        (Type::Secret { .. }, value) => (value.is_string() || *value == true).into(),
        (Type::Object(name) | Type::Shared(name) | Type::Child(name), Value::Object(map)) => {
            let object = api.object(name).map(|object| &object.fields);
            let child = api.resource(name).map(|child| &child.fields);
            let fields = object.or(child).map_or(&[][..], Vec::as_slice);
            let one = |(name, value): (&String, &Value)| {
                let value = match fields.iter().find(|field| field.name == *name) {
                    Some(field) if !field.is_shown() => return None,
                    Some(field) => shown(api, &field.ty, value),
                    None => value.clone(),
                };
                Some((name.clone(), value))
            };
            Value::Object(map.iter().filter_map(one).collect())
        }
        _ => value.clone(),
    }
}

/// The value with `true` replaced by the stored secrets in `kept`; a missing secret is a
/// violation.
pub fn carried(
    api: &Api,
    ty: &Type,
    value: &Value,
    kept: &Value,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Value {
    match (ty, value) {
        (Type::Secret { .. }, Value::Bool(true)) => {
            if !kept.is_string() {
                found.push(Violation::new(pointer, "type"));
            }
            kept.clone()
        }
        (Type::Object(name), Value::Object(map)) => {
            let fields = api.object(name).map_or(&[][..], |object| &object.fields);
            let mut whole = map.clone();
            for field in fields {
                if let Some(value) = whole.get_mut(&field.name) {
                    let place = below(pointer, &field.name);
                    let own = kept.get(&field.name).cloned().unwrap_or_default();
                    *value = carried(api, &field.ty, value, &own, &place, found);
                }
            }
            Value::Object(whole)
        }
        _ => value.clone(),
    }
}

/// The empty value of a field: `null` or an empty list.
#[must_use]
pub fn nothing(field: &Field) -> Value {
    match field.list {
        true => Value::Array(Vec::new()),
        false => Value::Null,
    }
}

/// The value that a member stands for; in some fields, blank texts and `null` stand for the
/// empty value.
#[must_use]
pub fn sent(field: &Field, value: &Value) -> Value {
    // `false` is how a missing secret is shown.
    if matches!(field.ty, Type::Secret { .. }) && *value == false {
        return Value::Null;
    }
    let blank = value.as_str().is_some_and(|text| text.trim().is_empty());
    match field.blank == Blank::Nothing && (blank || value.is_null()) {
        true => nothing(field),
        false => value.clone(),
    }
}

/// The items without duplicates, in the order of the closed list if there is one.
fn set(api: &Api, field: &Field, items: Vec<Value>) -> Vec<Value> {
    let order: &[String] = if let Type::Values(values) = &field.ty {
        values
    } else if let Type::Preset(name) = &field.ty {
        api.preset(name)
    } else {
        &[]
    };
    let mut seen = HashSet::new();
    let mut kept = items;
    kept.retain(|item| seen.insert(item.to_string()));
    kept.sort_by_key(|item| order.iter().position(|text| item == text));
    kept
}

/// Reads a single value, or one item of a list.
fn single(
    api: &Api,
    field: &Field,
    value: &Value,
    owner: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let inner = match (&field.envelope, value) {
        (Some(member), Value::Object(map)) if map.len() == 1 => map.get(member),
        _ => None,
    };
    if let (Some(inner), Some(member)) = (inner, &field.envelope) {
        let mut plain = field.clone();
        plain.envelope = None;
        let place = below(pointer, member);
        return single(api, &plain, inner, owner, &place, found);
    }
    if let (Some(split), Value::String(text)) = (&field.delimited, value) {
        let Some((first, second)) = text.split_once(&split.by) else {
            return refuse(found, pointer, "format");
        };
        let object = json!({ &split.into[0]: first, &split.into[1]: second });
        let mut inner = Vec::new();
        let read = one(api, &field.ty, &object, owner, pointer, &mut inner);
        // All members are in one text, so violations are reported for the text.
        found.extend(inner.iter().map(|one| Violation::new(pointer, one.code)));
        return read;
    }
    if field.ty == Type::Headers {
        let Value::Object(map) = value else {
            return refuse(found, pointer, "type");
        };
        let before = found.len();
        headers(map, &field.reserved, pointer, found);
        return (found.len() == before).then(|| value.clone());
    }
    let value = &match (&field.ty, value) {
        (Type::Values(values), Value::String(text)) if field.folded => {
            let same = |one: &&String| one.eq_ignore_ascii_case(text);
            let known = values.iter().find(same);
            known.map_or_else(|| value.clone(), |one| one.as_str().into())
        }
        _ => value.clone(),
    };
    let value = if field.lenient {
        kind(&field.ty).meant(value)
    } else {
        value.clone()
    };
    let refused = field.blank == Blank::Refused || (field.blank == Blank::Nothing && field.list);
    let blank = value
        .as_str()
        .is_some_and(|text| !text.is_empty() && text.trim().is_empty());
    if refused && blank {
        return refuse(found, pointer, "blank");
    }
    let read = one(api, &field.ty, &value, owner, pointer, found)?;
    let unfit = |text: &str| field.role == Some(Role::Username) && !known::is_username(text);
    if read.as_str().is_some_and(unfit) {
        return refuse(found, pointer, "format");
    }
    let taken = read
        .as_str()
        .is_some_and(|text| field.reserved.iter().any(|one| one == text));
    match taken {
        true => refuse(found, pointer, "reserved"),
        false => Some(read),
    }
}
