//! The request log of a watch.

use serde_json::{Value, json};

use super::operation::{Operation, answer};
use crate::shape::reference;

/// The name of the schema of a logged attempt.
const RECORD: &str = "Watch.Request";

/// The outcomes of an attempt.
const OUTCOMES: [&str; 3] = ["delivered", "retrying", "dead"];

pub(super) fn operations(item: &str) -> Vec<Operation> {
    let page = json!({
        "type": "object",
        "required": ["items"],
        "properties": { "items": { "type": "array", "items": reference(RECORD) } },
    });
    let mut found = answer("Requests, the newest first.", &page);
    found["headers"] = json!({ "Link": {
        "description": "The next page (RFC 8288), when there is one.",
        "schema": { "type": "string" },
    } });
    let get = |path: &str, name, about, query, success| Operation {
        method: "get",
        path: format!("{item}/{path}"),
        name,
        about,
        query,
        body: None,
        status: 200,
        success,
    };
    vec![
        get(
            "requests",
            "list-requests-of",
            "The requests that were made for the watch in the last ten days.",
            query(),
            found,
        ),
        get(
            "requests/{request}",
            "get-request-of",
            "One request.",
            Vec::new(),
            answer("The request.", &reference(RECORD)),
        ),
    ]
}

fn query() -> Vec<Value> {
    let one = |name: &str, about: &str, schema: Value| json!({ "name": name, "in": "query", "description": about, "schema": schema });
    let text = || json!({ "type": "string" });
    vec![
        one(
            "limit",
            "Most requests of the page.",
            json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 50 }),
        ),
        one(
            "before",
            "Only requests before the one of this number, as a link to the next page has it.",
            json!({ "type": "integer", "minimum": 1, "maximum": i64::MAX }),
        ),
        one(
            "outcome",
            "What came of it.",
            json!({ "type": "string", "enum": OUTCOMES }),
        ),
        one("event", "What happened.", text()),
        one("resourceId", "The object it happened to.", text()),
        one("webhookId", "The notification.", text()),
    ]
}

/// The schema of an attempt to tell one of these events.
pub(super) fn record(events: &[&str]) -> (String, Value) {
    let events: Vec<String> = events.iter().map(|name| format!("`{name}`")).collect();
    let events = match events.split_last() {
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    let text = |about: &str| json!({ "type": "string", "description": about });
    let perhaps = |about: &str| json!({ "type": ["string", "null"], "description": about });
    let properties = json!({
        "id": { "type": "string", "pattern": "^[1-9][0-9]*$", "description": "Its number." },
        "webhookId": text("The notification, the same for all of its attempts."),
        "event": text(&format!("What happened: {events}; empty when that is kept no longer.")),
        "resourceId": text("The object it happened to."),
        "attempt": { "type": "integer", "minimum": 1, "description": "Which attempt it is." },
        "sent": { "type": "string", "format": "date-time", "description": "When it was settled." },
        "duration": { "type": "integer", "minimum": 0, "description": "How long it took, in milliseconds." },
        "outcome": { "type": "string", "enum": OUTCOMES, "description": "What came of it: taken, to be tried again, or given up." },
        "method": text("The method; empty when nothing could be sent."),
        "address": text("The address; empty when nothing could be sent."),
        "headers": { "type": "object", "additionalProperties": { "type": "string" }, "description": "Header fields that were sent; of what proves who sends only the names." },
        "body": text("The body that was sent, at most 16 KiB of it."),
        "status": { "type": ["integer", "null"], "minimum": 100, "maximum": 999, "description": "The status of the answer." },
        "response": perhaps("The beginning of its body."),
        "error": perhaps("Why there was no answer."),
    });
    let names: Vec<&String> = properties
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
        .collect();
    let schema = json!({
        "type": "object",
        "description": "An attempt to send a notification.",
        "required": names,
        "properties": properties,
    });
    (RECORD.to_owned(), schema)
}
