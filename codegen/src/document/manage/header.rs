//! Header fields of notifications.

use fieldproof_spec::model::{Notification, Signature};
use serde_json::{Value, json};

/// The header fields of a notification of one of these events; `signed` is the path of the
/// member that asks for a signature.
pub(super) fn headers(own: &Notification, events: &[&str], signed: Option<&str>) -> Vec<Value> {
    let one = |name: &str, required: bool, about: &str, schema: Value| json!({ "name": name, "in": "header", "required": required, "description": about, "schema": schema });
    let mut all = Vec::new();
    if let Some(name) = &own.id_in.value {
        let about = "The notification, the same for all of its attempts.";
        let schema = json!({ "type": "string", "pattern": "^[0-9]+-" });
        all.push(one(name, true, about, schema));
    }
    if let Some(name) = &own.timestamp_in.value {
        let about = "When the attempt was made, in seconds since 1970-01-01T00:00:00Z.";
        all.push(one(name, true, about, json!({ "type": "integer" })));
    }
    if let Some(path) = signed {
        let (about, pattern) = signature(&own.signature.value, path);
        let schema = json!({ "type": "string", "pattern": pattern });
        all.push(one(own.signature.value.header(), false, &about, schema));
    }
    if let Some(name) = &own.event_in.value {
        let schema = json!({ "type": "string", "enum": events });
        all.push(one(name, true, "What happened.", schema));
    }
    if let Some(name) = &own.object_in.value {
        let about = "The object it happened to.";
        all.push(one(name, true, about, json!({ "type": "string" })));
    }
    all
}

/// What a header field with signatures says where the member at `path` is true, and its
/// pattern.
fn signature(one: &Signature, path: &str) -> (String, String) {
    match one {
        Signature::StandardWebhooks => (
            format!(
                "Signatures of `webhook-id.webhook-timestamp.body` (Standard Webhooks), one for each key, where `{path}` is true."
            ),
            "^v1a?,[A-Za-z0-9+/]+=*( v1a?,[A-Za-z0-9+/]+=*)*$".to_owned(),
        ),
        Signature::HexHmac { prefix, .. } => {
            let digits = format!("{}[0-9a-f]{{64}}", escaped(prefix));
            (
                format!(
                    "HMAC-SHA256 of the body by the text of each key, in hexadecimal digits, where `{path}` is true."
                ),
                format!("^{digits}(,{digits})*$"),
            )
        }
        Signature::Timestamped { .. } => (
            format!(
                "`t` is when the attempt was made, in seconds since 1970-01-01T00:00:00Z, and each `v1` HMAC-SHA256 of `t.body` by the text of a key, in hexadecimal digits, where `{path}` is true."
            ),
            "^t=[0-9]+(,v1=[0-9a-f]{64})+$".to_owned(),
        ),
    }
}

/// A text as a pattern of itself.
fn escaped(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_=:%&@#!~`'\";<>-".contains(c);
    let one = |c: char| match plain(c) {
        true => c.to_string(),
        false => format!("\\{c}"),
    };
    text.chars().map(one).collect()
}
