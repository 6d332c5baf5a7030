//! Values for changes, and their effect on a member.

use super::several;
use crate::harness::Harness;
use crate::kind::kind;
use crate::model::{accept, nothing, shown as masked};
use fieldproof_spec::model::{Api, Field, Type};
use serde_json::{Map, Value};

/// How many values the most telling one is chosen of.
const SOME: usize = 6;

/// A valid value other than the current one, if there is one.
pub(crate) fn other_value(
    harness: &Harness<'_>,
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    before: &Map<String, Value>,
) -> Value {
    let mut value = harness.value(resource, field, before);
    for _ in 0..20 {
        if differs(harness, field, &value, before) {
            break;
        }
        value = harness.value(resource, field, before);
    }
    value
}

/// Another value than the present one that tells how it is kept: of a list several elements,
/// of a text for people one with letters, and otherwise the longest of some.
pub(crate) fn telling_value(
    harness: &Harness<'_>,
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    before: &Map<String, Value>,
) -> Value {
    let is_text = !field.list && kind(&field.ty).free().is_some();
    let text = is_text.then(|| harness.fresh_for(field, before));
    let differs = |value: &Value| differs(harness, field, value, before);
    if let Some(value) = several(harness, field).or(text).filter(differs) {
        return value;
    }
    let drawn = (0..SOME).map(|_| harness.value(resource, field, before));
    let longest = drawn
        .filter(differs)
        .max_by_key(|value| value.to_string().len());
    longest.unwrap_or_else(|| other_value(harness, resource, field, before))
}

/// A valid change of one member, if the resource has a member that can be changed alone.
pub(crate) fn one_change(
    harness: &Harness<'_>,
    resource: &fieldproof_spec::model::Resource,
    shown: &Map<String, Value>,
) -> Option<Value> {
    resource.update.as_ref()?;
    let field = crate::subject::independent_field(resource)?;
    let value = other_value(harness, resource, field, shown);
    let mut body = cleared(resource, field, &value);
    body.insert(field.name.clone(), value.clone());
    differs(harness, field, &value, shown).then(|| body.into())
}

/// Members that have to change together with this one, because it decides their type.
pub(crate) fn dependants(
    harness: &Harness<'_>,
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    value: &Value,
) -> Map<String, Value> {
    let mut owner = Map::new();
    owner.insert(field.name.clone(), value.clone());
    let mut body = Map::new();
    for one in resource.fields.iter().filter(|one| one.on_update()) {
        if kind(&one.ty).decided_by() == Some(field.name.as_str()) {
            body.insert(one.name.clone(), harness.value(resource, one, &owner));
        }
    }
    body
}

/// Members that have to be cleared when this one gets a value.
pub(crate) fn cleared(
    resource: &fieldproof_spec::model::Resource,
    field: &Field,
    value: &Value,
) -> Map<String, Value> {
    let mut body = Map::new();
    for exclusive in &resource.exclusive {
        if exclusive.fields.contains(&field.name) && !Field::is_nothing(value) {
            let others = exclusive.fields.iter().filter(|name| **name != field.name);
            let others = others.filter_map(|name| resource.field(name));
            body.extend(others.map(|other| (other.name.clone(), nothing(other))));
        }
    }
    body
}

/// Whether a value is shown as expected; for children and shared objects, only sent members
/// are compared.
pub(crate) fn agrees(api: &Api, field: &Field, expected: &Value, shown: &Value) -> bool {
    let expected = &masked(api, &field.ty, expected);
    let (Some(members), Value::Array(expected), Value::Array(shown)) =
        (partial(api, field), expected, shown)
    else {
        return expected == shown;
    };
    let same = |(expected, shown): (&Value, &Value)| {
        let mut sent = members
            .iter()
            .filter(|field| field.on_create() && field.is_shown());
        sent.all(|field| {
            expected
                .get(&field.name)
                .is_none_or(|value| Some(value) == shown.get(&field.name))
        })
    };
    expected.len() == shown.len() && expected.iter().zip(shown).all(same)
}

/// The members of objects that a body may send in part.
fn partial<'a>(api: &'a Api, field: &Field) -> Option<&'a Vec<Field>> {
    if let Type::Child(name) = &field.ty {
        return api.resource(name).map(|child| &child.fields);
    }
    let Type::Shared(name) = &field.ty else {
        return None;
    };
    api.object(name).map(|object| &object.fields)
}

/// Whether a value differs in meaning from the current one.
pub(crate) fn differs(
    harness: &Harness<'_>,
    field: &Field,
    value: &Value,
    before: &Map<String, Value>,
) -> bool {
    let read = accept(harness.api, field, value, before, "", &mut Vec::new());
    read.as_ref() != before.get(&field.name)
}
