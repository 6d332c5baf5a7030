//! Notifications as receivers get them.

use fieldproof_spec::model::{Api, Field, Resource, Role};
use heck::ToLowerCamelCase;
use serde_json::{Map, Value, json};

use super::super::answer::content;
use super::watches;
use crate::kind::kind;
use crate::shape::reference;

/// The events of objects.
const CHANGES: [&str; 3] = ["created", "updated", "deleted"];

/// The notifications by name: changes and pings.
pub(in crate::document) fn webhooks(api: &Api) -> Map<String, Value> {
    let mut all = Map::new();
    for (resource, watch) in watches(api) {
        let mut changed = reference(&watch.of);
        let mut ping = json!({
            "type": "object",
            "required": ["id", "event"],
            "properties": {
                "id": { "type": "string", "description": "The watch." },
                "event": { "const": "ping" },
            },
        });
        if member(api, resource, Role::Previous).is_some() {
            let before = json!({ "anyOf": [reference(&watch.of), { "type": "null" }], "description": "The object before the change, when the watch asks for it; `null` for a new one, the last version of a removed one." });
            changed = json!({ "allOf": [changed, { "type": "object", "properties": { "previousData": before } }] });
            ping["properties"]["previousData"] = json!({ "type": "null" });
        }
        let about = format!(
            "A change of `{}` is told to whoever registered a `{}`.",
            watch.of, resource.name
        );
        let changed = item(api, resource, "notify", &about, &CHANGES, &changed);
        all.insert(
            format!("{}-change", resource.name).to_lower_camel_case(),
            changed,
        );
        let about = "Asked for by the owner of the watch, to see whether it works.";
        let ping = item(api, resource, "notify-ping", about, &["ping"], &ping);
        all.insert(
            format!("{}-ping", resource.name).to_lower_camel_case(),
            ping,
        );
    }
    all
}

/// One notification, with each method that a watch can choose.
fn item(
    api: &Api,
    resource: &Resource,
    name: &str,
    about: &str,
    events: &[&str],
    body: &Value,
) -> Value {
    let method = member(api, resource, Role::Method);
    let values = method.and_then(|(_, field)| kind(&field.ty).values());
    let methods = values.map_or_else(|| vec!["POST".to_owned()], <[String]>::to_vec);
    let shaped = member(api, resource, Role::Template).map(|(path, _)| path);
    let shaped =
        shaped.map(|path| format!("With `{path}` set, the body is what that makes of this one."));
    let one = |method: &String| {
        let method = method.to_lowercase();
        let id = format!("{name}-{}-by-{method}", resource.name).to_lower_camel_case();
        let mut operation = json!({
            "operationId": id,
            "tags": [resource.name],
            "summary": about,
            "security": [],
            "parameters": headers(api, resource, events),
            "responses": {
                "2XX": { "description": "It is taken." },
                "410": { "description": "The receiver wants nothing any more: the watch is disabled." },
                "default": { "description": "It is sent again later, as often as the server's schedule says." },
            },
        });
        // A `DELETE` has no body; its header fields name the object.
        if method != "delete" {
            operation["requestBody"] = json!({ "description": shaped, "content": content(body) });
        }
        (method, operation)
    };
    Value::Object(methods.iter().map(one).collect())
}

fn headers(api: &Api, resource: &Resource, events: &[&str]) -> Vec<Value> {
    let one = |name: &str, required: bool, about: &str, schema: Value| json!({ "name": name, "in": "header", "required": required, "description": about, "schema": schema });
    let mut all = vec![
        one(
            "webhook-id",
            true,
            "The notification, the same for all of its attempts.",
            json!({ "type": "string", "pattern": "^[0-9]+-" }),
        ),
        one(
            "webhook-timestamp",
            true,
            "When the attempt was made, in seconds since 1970-01-01T00:00:00Z.",
            json!({ "type": "integer" }),
        ),
        one(
            "x-watch-event",
            true,
            "What happened.",
            json!({ "type": "string", "enum": events }),
        ),
        one(
            "x-watch-resource-id",
            true,
            "The object it happened to.",
            json!({ "type": "string" }),
        ),
    ];
    if let Some((path, _)) = member(api, resource, Role::Signed) {
        let about = format!(
            "Signatures of `webhook-id.webhook-timestamp.body` (Standard Webhooks), one for each key, where `{path}` is true."
        );
        let schema = json!({ "type": "string", "pattern": "^v1a?,[A-Za-z0-9+/]+=*( v1a?,[A-Za-z0-9+/]+=*)*$" });
        all.insert(2, one("webhook-signature", false, &about, schema));
    }
    all
}

/// The member of a watch with a role, and its path in text form.
fn member<'a>(api: &'a Api, resource: &'a Resource, role: Role) -> Option<(String, &'a Field)> {
    let place = api.place(resource, role)?;
    let names: Vec<&str> = place.iter().map(|field| field.name.as_str()).collect();
    Some((names.join("."), place.last()?))
}
