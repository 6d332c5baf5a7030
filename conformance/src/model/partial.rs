//! Completes members of which a change sends only a part.

use fieldproof_spec::model::{Api, Field, Type};
use serde_json::{Map, Value};

use super::object::merges;
use super::value::alike;
use crate::kind::kind;

/// Completes a part of a member to the whole value that it stands for; `None` when it
/// changes nothing. In a merge patch (RFC 7396), nullable objects, maps and templates can
/// be partial too.
pub(super) fn completed(
    api: &Api,
    field: &Field,
    part: &Map<String, Value>,
    stored: &Value,
    patch: bool,
) -> Option<Value> {
    let as_sent = || Some(Value::Object(part.clone()));
    if field.list {
        return as_sent();
    }
    if let Type::Entry(table) = &field.ty {
        let columns = api.table(table).map(|table| &table.columns);
        return match columns.and_then(|columns| columns.first()) {
            Some(key) if !part.contains_key(&key.name) => row(part, stored, &key.name),
            _ => as_sent(),
        };
    }
    if let (Type::Object(name), true) = (&field.ty, merges(field)) {
        let fields = api.object(name).map_or(&[][..], |object| &object.fields);
        let own = stored.as_object().cloned().unwrap_or_default();
        return Some(members(api, fields, part, &own, patch).into());
    }
    match patch && kind(&field.ty).is_merged() {
        true => {
            let part = Value::Object(own_names(api, &field.ty, part));
            Some(patched(stored.clone(), &part))
        }
        false => as_sent(),
    }
}

/// An object with each of its members completed.
fn members(
    api: &Api,
    fields: &[Field],
    body: &Map<String, Value>,
    stored: &Map<String, Value>,
    patch: bool,
) -> Map<String, Value> {
    let mut whole = body.clone();
    for field in fields {
        let Some(Value::Object(part)) = body.get(&field.name) else {
            continue;
        };
        let kept = stored.get(&field.name).cloned().unwrap_or_default();
        match completed(api, field, part, &kept, patch) {
            Some(value) => whole.insert(field.name.clone(), value),
            None => whole.shift_remove(&field.name),
        };
    }
    whole
}

/// A row that is sent without its key: the key of the stored row is added. `None` when
/// every member that is sent equals the stored one.
fn row(part: &Map<String, Value>, kept: &Value, key: &str) -> Option<Value> {
    let same = part
        .iter()
        .all(|(name, value)| kept.get(name).is_some_and(|kept| alike(kept, value)));
    let mut named = part.clone();
    named.insert(key.to_owned(), kept.get(key).cloned().unwrap_or_default());
    (!same).then_some(Value::Object(named))
}

/// The object with alternative member names replaced by those used in answers.
fn own_names(api: &Api, ty: &Type, part: &Map<String, Value>) -> Map<String, Value> {
    let Type::Object(name) = ty else {
        return part.clone();
    };
    let fields = api.object(name).map_or(&[][..], |object| &object.fields);
    let mut named = Map::new();
    for (name, value) in part {
        let field = fields
            .iter()
            .find(|field| field.name == *name || field.also.contains(name));
        let own = field.map_or(name, |field| &field.name);
        let own = if part.contains_key(own) { name } else { own };
        let value = match (field.map(|field| &field.ty), value) {
            (Some(ty), Value::Object(inner)) => own_names(api, ty, inner).into(),
            _ => value.clone(),
        };
        named.insert(own.clone(), value);
    }
    named
}

/// Applies a merge patch to a value.
fn patched(value: Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else {
        return patch.clone();
    };
    let mut object = match value {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    for (name, change) in patch {
        let before = object.get(name).cloned().unwrap_or_default();
        match change {
            Value::Null => object.shift_remove(name),
            change => object.insert(name.clone(), patched(before, change)),
        };
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::patched;

    #[test]
    fn a_patch_removes_what_is_null_at_every_depth() {
        let value = json!({ "a": { "b": 1, "c": 2 }, "d": [1] });
        let patch = json!({ "a": { "b": null, "e": { "f": null } }, "d": null });
        assert_eq!(patched(value, &patch), json!({ "a": { "c": 2, "e": {} } }));
    }
}
