//! Reading of single values by type.

use serde_json::{Map, Value};

use super::known::alike;
use super::object::{self, read_object};
use super::pointer::below;
use super::violation::{Violation, refuse};
use crate::kind::{TEXT_MAX, Within, kind, whole};
use crate::model::{Api, Field, Type};

/// The type of a value if the sibling that decides it selects none.
const FREE: Type = Type::Text {
    min: 0,
    max: TEXT_MAX,
};

pub(super) fn one(
    api: &Api,
    ty: &Type,
    value: &Value,
    owner: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let kind = kind(ty);
    let Some(within) = kind.within() else {
        return kind
            .read(value)
            .map_or_else(|code| refuse(found, pointer, code), Some);
    };
    match within {
        Within::Object(name) => {
            let object = api.object(name)?;
            let Value::Object(map) = value else {
                return refuse(found, pointer, "type");
            };
            read_object(api, &object.fields, map, pointer, found).map(Value::Object)
        }
        Within::Shared(name) => shared(api, name, value, pointer, found),
        Within::Child(name) => {
            let child = api.resource(name)?;
            let Value::Object(map) = value else {
                return refuse(found, pointer, "type");
            };
            object::read(api, child, map, pointer, found).map(Value::Object)
        }
        Within::Key(table, column) => {
            key(api, (table, column), value).map_or_else(|code| refuse(found, pointer, code), Some)
        }
        Within::Choice(by, of) => {
            let chosen = owner.get(by).and_then(Value::as_str);
            match of.iter().find(|(text, _)| Some(text.as_str()) == chosen) {
                Some((_, ty)) => one(api, ty, value, owner, pointer, found),
                // The type is not known yet, but no type of a choice is a list.
                None if kind.is_mixed() && value.is_array() => refuse(found, pointer, "type"),
                None if kind.is_mixed() => Some(value.clone()),
                None => one(api, &FREE, value, owner, pointer, found),
            }
        }
        Within::Preset(name) => match kind.read(value) {
            Ok(value) if api.preset(name).iter().any(|text| value == *text) => Some(value),
            Ok(_) => refuse(found, pointer, "not_a_value"),
            Err(code) => refuse(found, pointer, code),
        },
        Within::Entry(name) => entry(api, name, value, pointer, found),
        Within::Made => None,
    }
}

/// Reads the members of a shared object.
fn shared(
    api: &Api,
    name: &str,
    value: &Value,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let object = api.object(name)?;
    let shared = object.shared.as_ref()?;
    let Value::Object(map) = value else {
        return refuse(found, pointer, "type");
    };
    let id = map.get(&shared.id);
    if id.is_some_and(|id| !id.is_string()) {
        return refuse(found, &below(pointer, &shared.id), "type");
    }
    if id.is_none() && !map.contains_key(&shared.key) {
        return refuse(found, &below(pointer, &shared.key), "required");
    }
    let sent = object
        .fields
        .iter()
        .filter(|one| map.contains_key(&one.name) && one.name != shared.id);
    let sent: Vec<Field> = sent.cloned().collect();
    let mut members = read_object(api, &sent, map, pointer, found)?;
    if let Some(id) = id {
        members.insert(shared.id.clone(), id.clone());
    }
    Some(Value::Object(members))
}

/// A key of a table, given as text or as a number with the same digits.
fn key(api: &Api, (name, column): (&str, &str), value: &Value) -> Result<Value, &'static str> {
    let table = api.table(name).ok_or("not_a_value")?;
    let key = match (value, whole(value)) {
        (Value::Number(_), Some(number)) if number >= 0 => {
            let first = table.rows.first().and_then(|row| row[column].as_str());
            let width = first.map_or(0, str::len);
            format!("{number:0width$}")
        }
        (Value::String(text), _) => text.clone(),
        _ => return Err("type"),
    };
    match table.find(column, &key) {
        Some(_) => Ok(key.into()),
        None => Err("not_a_value"),
    }
}

/// The row of a deployment table that an object identifies by its key.
fn entry(
    api: &Api,
    name: &str,
    value: &Value,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let table = api.table(name)?;
    let key = &table.columns.first()?.name;
    let Value::Object(map) = value else {
        return refuse(found, pointer, "type");
    };
    let place = below(pointer, key);
    let text = match map.get(key) {
        None => return refuse(found, &place, "required"),
        Some(Value::String(text)) => text.clone(),
        Some(value @ Value::Number(number)) => match whole(value) {
            Some(number) => number.to_string(),
            None if number.is_u64() => number.to_string(),
            None => return refuse(found, &place, "type"),
        },
        Some(_) => return refuse(found, &place, "type"),
    };
    let Some(row) = table.find(key, &text) else {
        return refuse(found, &place, "not_a_value");
    };
    let before = found.len();
    for (name, sent) in map.iter().filter(|(name, _)| *name != key) {
        if row.get(name).is_some_and(|kept| !alike(kept, sent)) {
            found.push(Violation::new(&below(pointer, name), "read_only"));
        }
    }
    (found.len() == before).then(|| Value::Object(row.clone()))
}
