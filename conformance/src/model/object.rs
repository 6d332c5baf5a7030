//! Whole objects, as computed from a body.

use fieldproof_spec::model::{Api, Derive, Field, Resource, Source, Type};
use fieldproof_spec::value::below;
use fieldproof_spec::value::object::{called, judge_conditions};
use serde_json::{Map, Value};

pub use fieldproof_spec::value::Violation;
pub use fieldproof_spec::value::object::read;
pub(crate) use fieldproof_spec::value::object::takes_null;

use super::value::{accept, sent};
use crate::kind::kind;

/// The value of a member, or of a single header field, with its JSON Pointer.
fn part(object: &Map<String, Value>, name: &str) -> (String, Value) {
    let Some((map, header)) = name.split_once('.') else {
        return (
            below("", name),
            object.get(name).cloned().unwrap_or_default(),
        );
    };
    let headers = object.get(map).and_then(Value::as_object);
    let same = |(key, _): &(&String, &Value)| key.eq_ignore_ascii_case(header);
    let found = headers.into_iter().flatten().find(same);
    let spelled = found.map_or(header, |(key, _)| key.as_str());
    (
        below(&below("", map), spelled),
        found.map_or(Value::Null, |(_, value)| value.clone()),
    )
}

/// Reports members that exclude each other, at each member that has a value.
pub(super) fn exclude(
    resource: &Resource,
    object: &Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for exclusive in &resource.exclusive {
        let parts = exclusive.fields.iter().map(|name| part(object, name));
        let given = parts.filter(|(_, value)| !Field::is_nothing(value));
        let given: Vec<String> = given.map(|(place, _)| place).collect();
        if given.len() > 1 {
            found.extend(given.iter().map(|place| Violation::new(place, "exclusive")));
        }
    }
}

/// The value of the first field that a member falls back to.
fn fallen_back(
    field: &Field,
    object: &Map<String, Value>,
    whole: &Map<String, Value>,
) -> Option<Value> {
    let mut values = field.fallback.iter().filter_map(|source| match source {
        Source::Field { field } => at(whole, field).or_else(|| at(object, field)),
        Source::Request { .. } | Source::Setting { .. } => None,
    });
    values.find(|value| !value.is_null())
}

/// Whether `null` in a change sets the member to its default.
pub(crate) fn resets(field: &Field) -> bool {
    !takes_null(field) && !field.required && !field.initial().is_null()
}

/// The object that an import makes from the contents of a file.
#[must_use]
pub fn filled(api: &Api, resource: &Resource, given: &Map<String, Value>) -> Map<String, Value> {
    let mut object = Map::new();
    for field in &resource.fields {
        let value = match given.get(&field.name).map(|value| sent(field, value)) {
            Some(value) if field.on_create() && !value.is_null() => {
                accept(api, field, &value, given, "", &mut Vec::new()).unwrap_or(value)
            }
            Some(value) => value,
            None => Value::Null,
        };
        if !value.is_null() || given.contains_key(&field.name) {
            object.insert(field.name.clone(), value);
        }
    }
    if let Some(times) = &resource.times
        && !object.contains_key(&times.updated)
        && let Some(created) = object.get(&times.created).cloned()
    {
        object.insert(times.updated.clone(), created);
    }
    derive(api, resource, &object)
}

/// Computes derived members and puts all members in the documented order.
#[must_use]
pub fn derive(api: &Api, resource: &Resource, object: &Map<String, Value>) -> Map<String, Value> {
    let mut whole = Map::new();
    for field in &resource.fields {
        let value = match &field.derive {
            Some(Derive::Join(parts)) => {
                let texts = parts.iter().filter_map(|part| object.get(part)?.as_str());
                let texts: Vec<&str> = texts.filter(|text| !text.trim().is_empty()).collect();
                texts.join(" ").into()
            }
            Some(Derive::Lookup { key, table, column }) => {
                let key = object.get(key).and_then(Value::as_str);
                let row = api
                    .table(table)
                    .zip(key)
                    .and_then(|(table, key)| table.find(column, key));
                row.cloned().map_or(Value::Null, Value::Object)
            }
            None => match object.get(&field.name) {
                Some(value) => value.clone(),
                None => fallen_back(field, object, &whole).unwrap_or_else(|| field.initial()),
            },
        };
        whole.insert(field.name.clone(), value);
    }
    stand_in(api, resource, &mut whole);
    whole
}

/// The value at a dotted path of member names.
fn at(object: &Map<String, Value>, path: &str) -> Option<Value> {
    let mut names = path.split('.');
    let mut value = object.get(names.next()?)?;
    for name in names {
        value = value.get(name)?;
    }
    Some(value.clone())
}

/// Fills in empty members of nested objects from the fields that stand in for them.
fn stand_in(api: &Api, resource: &Resource, whole: &mut Map<String, Value>) {
    for (object, member, from) in stand_ins(api, resource) {
        let value = whole.get(&from).cloned().unwrap_or(Value::Null);
        if let Some(Value::Object(own)) = whole.get_mut(&object)
            && own.get(&member).is_none_or(Value::is_null)
        {
            own.insert(member, value);
        }
    }
}

/// Each object and member that a field stands in for, with the name of that field.
pub(crate) fn stand_ins(api: &Api, resource: &Resource) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for field in &resource.fields {
        let Type::Object(name) = &field.ty else {
            continue;
        };
        for member in api
            .object(name)
            .into_iter()
            .flat_map(|object| &object.fields)
        {
            for source in &member.fallback {
                if let Source::Field { field: from } = source {
                    all.push((field.name.clone(), member.name.clone(), from.clone()));
                }
            }
        }
    }
    all
}

/// The body with `null` for members that equal the value that stands in for them: such a
/// value may exceed the limit on what clients send.
pub(super) fn spared(
    api: &Api,
    resource: &Resource,
    body: &Map<String, Value>,
    stored: &Map<String, Value>,
) -> Map<String, Value> {
    let mut body = body.clone();
    for (object, member, from) in stand_ins(api, resource) {
        let value = body.get(&from).or_else(|| stored.get(&from)).cloned();
        if let (Some(value), Some(Value::Object(own))) = (value, body.get_mut(&object))
            && own.get(&member) == Some(&value)
        {
            own.insert(member, Value::Null);
        }
    }
    body
}

/// Whether a change of the field is merged into the stored object.
pub(crate) fn merges(field: &Field) -> bool {
    matches!(field.ty, Type::Object(_)) && !field.list && !takes_null(field)
}

/// A stored object with the members of a change merged into it.
pub(super) fn merged(
    api: &Api,
    field: &Field,
    stored: &Value,
    sent: &Value,
    pointer: &str,
    found: &mut Vec<Violation>,
) -> Option<Value> {
    let (Type::Object(name), Value::Object(sent)) = (&field.ty, sent) else {
        found.push(Violation::new(pointer, "type"));
        return None;
    };
    let before = found.len();
    let mut own = stored.as_object().cloned().unwrap_or_default();
    let fields = api.object(name).map_or(&[][..], |object| &object.fields);
    for member in fields {
        let (place, given) = called(member, sent, pointer, found);
        let given = given.map(|value| super::value::sent(member, value));
        let value = match &given {
            None => continue,
            Some(Value::Null) if takes_null(member) => Some(Value::Null),
            Some(Value::Null) if resets(member) => Some(member.initial()),
            Some(Value::Null) => {
                found.push(Violation::new(&place, "null"));
                None
            }
            // Checked below, when its sibling is known.
            Some(value) if kind(&member.ty).decided_by().is_some() => Some(value.clone()),
            Some(value) if merges(member) => {
                let stored = own.get(&member.name).cloned().unwrap_or_default();
                merged(api, member, &stored, value, &place, found)
            }
            Some(value) => accept(api, member, value, sent, &place, found),
        };
        own.extend(value.map(|value| (member.name.clone(), value)));
    }
    if found.len() == before {
        rejudge(api, fields, pointer, &mut own, found);
        judge_conditions(fields, &own, pointer, found);
    }
    (found.len() == before).then_some(Value::Object(own))
}

/// Checks members whose type depends on a sibling, after the change was merged.
fn rejudge(
    api: &Api,
    fields: &[Field],
    pointer: &str,
    own: &mut Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for member in fields {
        let value = own.get(&member.name).cloned().unwrap_or_default();
        if kind(&member.ty).decided_by().is_some() && !value.is_null() {
            let place = below(pointer, &member.name);
            let value = accept(api, member, &value, own, &place, found);
            own.extend(value.map(|value| (member.name.clone(), value)));
        }
    }
}
