//! Annotations of members.

use fieldproof_spec::model::Field;
use serde_json::Value;

use super::super::text::source;

/// Adds what the spec says about a member apart from its type.
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
