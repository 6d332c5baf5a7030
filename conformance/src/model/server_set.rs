//! Members inside objects that only the server sets: they are removed from bodies before
//! these are read, and restored from the stored object afterwards.

use fieldproof_spec::model::{Api, Field, Mode, Type};
use fieldproof_spec::value::below;
use serde_json::{Map, Value};

use super::object::Violation;

/// The fields of the object or child that a field holds; empty for other types.
fn members<'a>(api: &'a Api, field: &Field) -> &'a [Field] {
    if let Type::Object(name) = &field.ty {
        return api.object(name).map_or(&[], |one| &one.fields);
    }
    let Type::Child(name) = &field.ty else {
        return &[];
    };
    api.resource(name).map_or(&[], |one| &one.fields)
}

/// The body without such members; a member that differs from the stored value is refused.
pub(super) fn strip<'f>(
    api: &Api,
    fields: impl IntoIterator<Item = &'f Field>,
    body: &Map<String, Value>,
    stored: &Value,
    found: &mut Vec<Violation>,
) -> Map<String, Value> {
    let mut body = body.clone();
    for field in fields {
        let place = below("", &field.name);
        if let Some(value) = body.get_mut(&field.name) {
            taken(api, field, value, &stored[&field.name], &place, found);
        }
    }
    body
}

fn taken(
    api: &Api,
    field: &Field,
    value: &mut Value,
    stored: &Value,
    place: &str,
    found: &mut Vec<Violation>,
) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                taken(
                    api,
                    field,
                    item,
                    &stored[at],
                    &format!("{place}/{at}"),
                    found,
                );
            }
        }
        Value::Object(map) => {
            for member in members(api, field) {
                let place = below(place, &member.name);
                let own = &stored[&member.name];
                let object = matches!(field.ty, Type::Object(_));
                if object && member.mode == Mode::ReadOnly {
                    let sent = map.shift_remove(&member.name);
                    let same = |sent: &Value| stored.get(&member.name) == Some(sent);
                    let other = sent.filter(|sent| !same(sent));
                    found.extend(other.map(|_| Violation::new(&place, "read_only")));
                } else if let Some(value) = map.get_mut(&member.name) {
                    taken(api, member, value, own, &place, found);
                }
            }
        }
        _ => {}
    }
}

/// Restores the stored values of such members in a newly written value.
pub(super) fn restore(api: &Api, field: &Field, value: &mut Value, stored: &Value) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                restore(api, field, item, &stored[at]);
            }
        }
        Value::Object(map) if matches!(field.ty, Type::Object(_)) => {
            for member in members(api, field) {
                let own = stored.get(&member.name);
                if let (Some(value), Some(own)) = (map.get_mut(&member.name), own) {
                    match member.mode {
                        Mode::ReadOnly => *value = own.clone(),
                        _ => restore(api, member, value, own),
                    }
                }
            }
        }
        _ => {}
    }
}
