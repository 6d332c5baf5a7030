//! Pings, the health of a watch, and redelivery.

use serde_json::{Value, json};

use super::operation::{Operation, answer};
use crate::shape::{ASKED, reference};

/// The name of the schema of a watch's health. Names in specs contain no full stop.
const HEALTH: &str = "Watch.Health";

pub(super) fn operations(item: &str) -> Vec<Operation> {
    let post = |path: &str, name, about, body, success| Operation {
        method: "post",
        path: format!("{item}/{path}"),
        name,
        about,
        query: Vec::new(),
        body,
        status: 202,
        success,
    };
    let sent = answer(
        "The notification is on its way.",
        &only(
            "webhookId",
            &json!({ "type": "string", "description": "Of the notification, as its header `webhook-id` has it." }),
        ),
    );
    let resumed = answer(
        "What waits is sent.",
        &only("open", &count("How many notifications wait.")),
    );
    let again = || {
        answer(
            "They are sent.",
            &only(
                "deliveries",
                &count("How many notifications are sent again."),
            ),
        )
    };
    vec![
        post(
            "ping",
            "ping",
            "Sends one notification to the watch alone.",
            None,
            sent,
        ),
        post(
            "resume",
            "resume",
            "Serves the watch again that was disabled after long failure, or by 410.",
            None,
            resumed,
        ),
        Operation {
            method: "get",
            status: 200,
            ..post(
                "health",
                "health-of",
                "How it stands with the watch.",
                None,
                answer("How it stands.", &reference(HEALTH)),
            )
        },
        post(
            "redeliver",
            "redeliver-to",
            "Sends again what was given up since a moment, or what is of a range of changes.",
            Some(selection()),
            again(),
        ),
        post(
            "requests/{request}/redeliver",
            "redeliver-request-of",
            "Sends again what a request was for.",
            None,
            again(),
        ),
    ]
}

/// The body of a redelivery: one of two ways to select deliveries.
fn selection() -> Value {
    let nothing = json!({ "type": "null" });
    let number = |about: &str| json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX, "description": about });
    let since = json!({
        "type": "string",
        "pattern": ASKED,
        "description": "A moment of RFC 3339; without an offset it is of UTC, a date alone is its midnight.",
    });
    json!({ "oneOf": [
        {
            "type": "object",
            "description": "What was given up at this moment or later.",
            "required": ["since"],
            "properties": { "since": since, "from": nothing, "to": nothing },
        },
        {
            "type": "object",
            "description": "What is of changes from one number to another, both included. The number stands before the `-` of a `webhook-id`.",
            "required": ["from", "to"],
            "properties": { "since": nothing, "from": number("The first change."), "to": number("The last change.") },
        },
    ] })
}

pub(super) fn health() -> (String, Value) {
    let moment = |about: &str| json!({ "type": ["string", "null"], "format": "date-time", "description": about });
    let schema = json!({
        "type": "object",
        "description": "How it stands with a watch.",
        "required": ["state", "reason", "since", "failingSince", "open"],
        "properties": {
            "state": { "type": "string", "enum": ["served", "disabled"], "description": "Whether it is sent anything." },
            "reason": { "type": ["string", "null"], "description": "Why it is disabled." },
            "since": moment("When it was disabled."),
            "failingSince": moment("When the first of its latest failures was, with no success after it."),
            "open": count("How many notifications wait."),
        },
    });
    (HEALTH.to_owned(), schema)
}

fn only(name: &str, schema: &Value) -> Value {
    json!({ "type": "object", "required": [name], "properties": { name: schema } })
}

fn count(about: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": about })
}
