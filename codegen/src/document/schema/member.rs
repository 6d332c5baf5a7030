//! What a member has beside its type.

use fieldproof_spec::model::Field;
use serde_json::{Value, json};

use super::super::text::source;
use super::taken::either;

/// What the spec says of a member beside its type.
pub(super) fn describe(schema: &mut Value, field: &Field) {
    let Value::Object(map) = schema else {
        return;
    };
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.insert(key.to_owned(), value);
        }
    };
    let yes = |holds: bool| holds.then_some(Value::Bool(true));
    set("title", field.title.clone().map(Value::from));
    set("description", field.about.clone().map(Value::from));
    set("default", field.default.clone());
    set("readOnly", yes(!field.on_create()));
    set("writeOnly", yes(!field.is_shown()));
    set("x-scope", field.scope.clone().map(Value::from));
    set("x-source", source(&field.row));
}

pub(super) fn nullable(schema: Value) -> Value {
    match schema {
        // What else it refuses may refuse `null` as well.
        Value::Object(mut map) if map.contains_key("type") && !map.contains_key("allOf") => {
            let mut types = match map["type"].take() {
                Value::Array(types) => types,
                one => vec![one],
            };
            types.push("null".into());
            map["type"] = types.into();
            if let Some(Value::Array(values)) = map.get_mut("enum") {
                values.push(Value::Null);
            }
            Value::Object(map)
        }
        other => either(other, json!({ "type": "null" })),
    }
}
