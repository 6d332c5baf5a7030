//! One value of a type.

use serde_json::{Map, Value, json};

use super::known::{alike, decimal, integer, text, text_value};
use super::object::{self, read_object};
use super::pointer::below;
use super::template::is_template;
use super::violation::{Violation, refuse};
use crate::model::{Api, Field, Type};

pub(super) fn one(
    api: &Api,
    ty: &Type,
    value: &Value,
    owner: &Map<String, Value>,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let mut refused = |code| refuse(found, pointer, code);
    match ty {
        Type::Boolean => match value {
            Value::Bool(_) => Some(value.clone()),
            Value::Number(_) if integer(value) == Some(1) => Some(json!(true)),
            Value::Number(_) if integer(value) == Some(0) => Some(json!(false)),
            Value::String(text) if text == "true" => Some(json!(true)),
            Value::String(text) if text == "false" => Some(json!(false)),
            _ => refused("type"),
        },
        Type::Integer { min, max } => match (integer(value), value.as_f64()) {
            (Some(number), _) if number > *max => refused("too_large"),
            (Some(number), _) if number < *min => refused("too_small"),
            (Some(number), _) => Some(number.into()),
            (None, _) if value.is_u64() => refused("too_large"),
            (None, Some(number)) if number % 1.0 == 0.0 && number > *max as f64 => {
                refused("too_large")
            }
            (None, Some(number)) if number % 1.0 == 0.0 && number < *min as f64 => {
                refused("too_small")
            }
            (None, _) => refused("type"),
        },
        Type::Decimal { min, max } => match value.as_f64() {
            None => refused("type"),
            Some(number) if number > max.as_f64() => refused("too_large"),
            Some(number) if number < min.as_f64() => refused("too_small"),
            Some(number) => match decimal(number) {
                Some(decimal) => Some(decimal),
                None => refused("format"),
            },
        },
        Type::Map => match value {
            Value::Object(_) => Some(value.clone()),
            _ => refused("type"),
        },
        Type::Object(name) => {
            let object = api.object(name)?;
            let Value::Object(map) = value else {
                return refused("type");
            };
            read_object(api, &object.fields, map, pointer, found).map(Value::Object)
        }
        // `true` is what is shown of one that is there.
        Type::Secret { .. } if value == true => Some(value.clone()),
        Type::Template => match value {
            Value::Object(_) | Value::String(_) if is_template(value) => Some(value.clone()),
            Value::Object(_) | Value::String(_) => refused("format"),
            _ => refused("type"),
        },
        Type::Shared(name) => {
            let object = api.object(name)?;
            let shared = object.shared.as_ref()?;
            let Value::Object(map) = value else {
                return refused("type");
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
                .filter(|one| map.contains_key(&one.name));
            let sent = sent.filter(|one| one.name != shared.id);
            let sent: Vec<Field> = sent.cloned().collect();
            let mut members = read_object(api, &sent, map, pointer, found)?;
            if let Some(id) = id {
                members.insert(shared.id.clone(), id.clone());
            }
            Some(Value::Object(members))
        }
        Type::Child(name) => {
            let child = api.resource(name)?;
            let Value::Object(map) = value else {
                return refused("type");
            };
            object::read(api, child, map, pointer, found).map(Value::Object)
        }
        Type::Key { table, column } => {
            let table = api.table(table)?;
            let key = match value {
                Value::Number(_) if integer(value).is_some_and(|number| number >= 0) => {
                    let width = table
                        .rows
                        .first()
                        .and_then(|row| row[column].as_str())
                        .map_or(0, str::len);
                    format!("{:0width$}", integer(value)?)
                }
                Value::String(text) => text.clone(),
                _ => return refused("type"),
            };
            match table.find(column, &key) {
                Some(_) => Some(key.into()),
                None => refused("not_a_value"),
            }
        }
        Type::Choice { by, of } => {
            let chosen = owner.get(by).and_then(Value::as_str);
            match of.iter().find(|(text, _)| Some(text.as_str()) == chosen) {
                Some((_, ty)) => one(api, ty, value, owner, pointer, found),
                // Of which type it has to be is not known yet; none is a list.
                None if ty.is_mixed() && value.is_array() => refused("type"),
                None if ty.is_mixed() => Some(value.clone()),
                None => text_value(value, 0, 10_000)
                    .map_or_else(|code| refuse(found, pointer, code), Some),
            }
        }
        Type::Preset(name) => match text_value(value, 0, u32::MAX) {
            Ok(value) if api.preset(name).iter().any(|text| value == *text) => Some(value),
            Ok(_) => refused("not_a_value"),
            Err(code) => refused(code),
        },
        Type::Entry(name) => entry(api, name, value, pointer, found),
        Type::TableRow(_) | Type::ZonedTime { .. } => None,
        ty => match text(ty, value) {
            Ok(value) => Some(value),
            Err(code) => refused(code),
        },
    }
}

/// The row of a deployment's table that an object names by its key.
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
        Some(value @ Value::Number(number)) => match integer(value) {
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
