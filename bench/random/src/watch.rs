//! Generates watches of another resource.

use serde_json::{Value, json};

use crate::source::Source;

/// A watch of `of`, below `path`.
pub(crate) fn watch(source: &mut Source, of: &str, path: &str) -> Value {
    let mut fields = json!({
        "watchId": { "type": "id", "mode": "read-only" },
        "address": { "type": "url", "role": "address", "required": true },
    });
    let roles = json!({
        "head": { "type": "headers", "role": "headers", "reserved": ["host", "content-*"] },
        "shape": { "type": "template", "role": "template", "nullable": true },
        "prior": { "type": "boolean", "role": "previous", "default": false },
        "way": { "type": "string", "role": "method", "values": ["POST", "PUT", "PATCH", "DELETE"], "default": "POST" },
        "news": { "type": ["string"], "role": "events", "values": ["created", "updated", "deleted"], "unique-items": true, "default": ["created", "updated", "deleted"] },
    });
    for (name, field) in roles.as_object().into_iter().flatten() {
        if source.chance(50) {
            fields[name.as_str()] = field.clone();
        }
    }
    let mut row = json!({
        "path": path,
        "id": { "field": "watchId", "kind": "hex24" },
        "watch": { "of": of },
        "list": {},
        "get": {},
        "create": {},
        "update": { "verb": "PUT", "also": ["PATCH"] },
        "delete": {},
    });
    if source.chance(50) {
        fields["state"] = json!({ "type": "string", "values": ["on", "off"], "default": "on" });
        row["watch"]["while"] = json!({ "state": "on" });
    }
    row["fields"] = fields;
    row
}
