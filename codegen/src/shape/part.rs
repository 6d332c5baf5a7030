//! Small schemas and their combinations.

use serde_json::{Value, json};

use super::pattern::TEXT;

/// A reference to a named schema of the document.
pub(crate) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A text in a body, with bounds on its length.
pub(crate) fn text(min: u32, max: u32) -> Value {
    json!({ "type": "string", "minLength": min, "maxLength": max, "pattern": TEXT })
}

/// A text with this pattern.
pub(crate) fn shaped(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// One schema or the other.
pub(crate) fn either(one: Value, other: Value) -> Value {
    match one {
        Value::Object(mut map) if map.len() == 1 && map.contains_key("anyOf") => {
            if let Some(Value::Array(all)) = map.get_mut("anyOf") {
                all.push(other);
            }
            Value::Object(map)
        }
        one => json!({ "anyOf": [one, other] }),
    }
}

/// A schema that excludes what another one describes.
pub(crate) fn but(mut schema: Value, other: Value) -> Value {
    let refused = json!({ "not": other });
    match schema.get_mut("allOf").and_then(Value::as_array_mut) {
        Some(all) => all.push(refused),
        None => schema["allOf"] = json!([refused]),
    }
    schema
}

/// A schema that also allows `null`.
pub(crate) fn nullable(schema: Value) -> Value {
    match schema {
        // Other parts of an `allOf` might refuse `null`.
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
