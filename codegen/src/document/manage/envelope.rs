//! What stands around the object of a notification.

use fieldproof_spec::model::{MomentForm, NotificationEnvelope};
use serde_json::{Map, Value, json};

/// An object around what a notification of one of these events is about. What was there
/// before comes along always, or when it is asked for.
pub(super) fn envelope(
    envelope: &NotificationEnvelope,
    events: &[&str],
    object: Value,
    (before, asks): (Value, bool),
) -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let mut members = Map::new();
    if let Some(name) = &envelope.id {
        let about = "The notification, the same for all of its attempts.";
        members.insert(name.clone(), text(about));
    }
    if let Some(name) = &envelope.event {
        let event = json!({ "type": "string", "enum": events, "description": "What happened." });
        members.insert(name.clone(), event);
    }
    if let Some((name, form)) = &envelope.time {
        let about = "When it happened.";
        let moment = match form {
            MomentForm::Unix => {
                json!({ "type": "integer", "description": "When it happened, in seconds since 1970-01-01T00:00:00Z." })
            }
            MomentForm::MillisZ | MomentForm::SecondsZ => {
                json!({ "type": "string", "format": "date-time", "description": about })
            }
        };
        members.insert(name.clone(), moment);
    }
    members.insert(envelope.object.clone(), object);
    let mut required: Vec<String> = members.keys().cloned().collect();
    if let Some(name) = &envelope.previous {
        members.insert(name.clone(), before);
        required.extend((!asks).then(|| name.clone()));
    }
    json!({ "type": "object", "required": required, "properties": members })
}
