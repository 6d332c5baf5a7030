//! Shared objects in bodies and answers.

use crate::harness::{CheckError, Harness};
use crate::model::accept;
use fieldproof_spec::model::{Field, Shared, Type};
use serde_json::{Map, Value, json};

/// The shared-object rules of the field's type.
pub(crate) fn shared_of(harness: &Harness<'_>, field: &Field) -> Option<Shared> {
    let Type::Shared(name) = &field.ty else {
        return None;
    };
    harness.api.object(name)?.shared.clone()
}

/// The single shared object in an answer.
pub(crate) fn only(
    harness: &Harness<'_>,
    field: &Field,
    shown: &Map<String, Value>,
) -> Result<Value, CheckError> {
    match shown
        .get(&field.name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([one]) => Ok(one.clone()),
        other => harness.fail(format!("`{}` has one element, got {other:?}", field.name)),
    }
}

/// A body for the object: its key and, if it has more members, a new value of one of them.
pub(crate) fn said(
    harness: &Harness<'_>,
    field: &Field,
    shared: &Shared,
    shown: &Value,
) -> Option<Value> {
    let Type::Shared(name) = &field.ty else {
        return None;
    };
    let members = &harness.api.object(name)?.fields;
    let member = members
        .iter()
        .find(|one| one.name != shared.id && one.name != shared.key)?;
    let fresh = (0..20).map(|_| harness.fresh(&field.ty, &Map::new())[&member.name].clone());
    // A table row is sent by its key and shown in full.
    let read = |value: &Value| {
        let read = accept(harness.api, member, value, &Map::new(), "", &mut Vec::new());
        read.unwrap_or_else(|| value.clone())
    };
    let kept = read(&shown[&member.name]);
    let mut others = fresh.filter(|value| !same(&read(value), &kept));
    let value = others.next()?;
    Some(json!({ &shared.key: shown[&shared.key], &member.name: value }))
}

pub(crate) fn same(one: &Value, other: &Value) -> bool {
    let fold = |value: &Value| value.to_string().to_lowercase();
    fold(one) == fold(other)
}
