//! Error bodies.

use fieldproof_spec::model::{OwnRefusal, RefusalBody, ViolationList};
use serde_json::{Value, json};

use crate::ir::names;

/// The schema of error bodies.
pub(super) fn problem(body: &RefusalBody) -> Value {
    match body {
        RefusalBody::Problem => details(),
        RefusalBody::Own(own) => own_shape(own),
    }
}

/// The schema of an API's own error bodies.
fn own_shape(own: &OwnRefusal) -> Value {
    let mut shape = json!({ "type": "object" });
    let text = json!({ "type": "string" });
    let always = [
        (&own.code, text.clone()),
        (&own.message, text),
        (&own.status, json!({ "type": "integer" })),
    ];
    for (place, schema) in always {
        if let Some(place) = place {
            put(&mut shape, &names(place), schema, true);
        }
    }
    if let Some(list) = &own.violations {
        put(&mut shape, &names(&list.list), violations(list), false);
    }
    shape
}

/// The schema of violations: a list, or messages by location.
fn violations(list: &ViolationList) -> Value {
    let Some(field) = &list.field else {
        let messages = json!({ "type": "array", "items": { "type": "string" } });
        return json!({ "type": "object", "additionalProperties": messages });
    };
    let names = [Some(field), list.code.as_ref(), list.message.as_ref()];
    let names: Vec<&String> = names.into_iter().flatten().collect();
    let mut item = json!({ "type": "object", "required": names });
    for name in names {
        item["properties"][name] = json!({ "type": "string" });
    }
    json!({ "type": "array", "items": item })
}

/// Puts a schema at a place, with the objects that lead to it.
fn put(shape: &mut Value, place: &[String], schema: Value, required: bool) {
    let Some((name, below)) = place.split_first() else {
        return;
    };
    if let (true, Value::Object(shape)) = (required, &mut *shape) {
        let all = shape.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(all) = all
            && !all.iter().any(|own| own == name)
        {
            all.push(name.as_str().into());
        }
    }
    match below {
        [] => shape["properties"][name] = schema,
        below => {
            let inner = &mut shape["properties"][name];
            if inner.is_null() {
                *inner = json!({ "type": "object" });
            }
            put(inner, below, schema, required);
        }
    }
}

/// The problem details of the house.
fn details() -> Value {
    json!({
        "type": "object",
        "description": "Problem details (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": {
                "type": "array",
                "maxItems": 100,
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {
                        "pointer": { "type": "string", "description": "JSON Pointer (RFC 6901) into the body." },
                        "parameter": { "type": "string" },
                        "header": { "type": "string" },
                        "code": { "type": "string" },
                        "detail": { "type": "string" },
                    },
                },
            },
            "more": { "type": "integer", "minimum": 1, "description": "How many violations there are beside these." },
        },
    })
}
