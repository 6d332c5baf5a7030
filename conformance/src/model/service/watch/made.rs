//! The body of a notification without a template.

use fieldproof_spec::model::{MomentForm, Notification, NotificationEnvelope, Payload};
use serde_json::{Map, Value};

/// What is known of a notification when it is made.
pub(super) struct Made<'a> {
    pub(super) id: &'a str,
    /// What the event is called.
    pub(super) event: &'a str,
    /// When it happened.
    pub(super) at: jiff::Timestamp,
    pub(super) look: &'a Notification,
}

impl Made<'_> {
    /// The object, alone or in an envelope. `asked` says whether the watch wants to know
    /// what was there before, where it can say so; an envelope of one that cannot has it.
    pub(super) fn body(
        &self,
        object: &Map<String, Value>,
        asked: Option<bool>,
        previous: impl Fn() -> Value,
    ) -> String {
        let body = match &self.look.payload.value {
            Payload::Object(name) => {
                let mut body = object.clone();
                if asked == Some(true) {
                    body.insert(name.clone(), previous());
                }
                body
            }
            Payload::Envelope(envelope) => {
                let mut body = self.around(envelope);
                body.insert(envelope.object.clone(), Value::Object(object.clone()));
                let name = envelope.previous.iter();
                let name = name.filter(|_| asked.unwrap_or(true));
                body.extend(name.map(|name| (name.clone(), previous())));
                body
            }
        };
        Value::Object(body).to_string()
    }

    /// What stands beside the object.
    fn around(&self, envelope: &NotificationEnvelope) -> Map<String, Value> {
        let mut body = Map::new();
        let texts = [(&envelope.id, self.id), (&envelope.event, self.event)];
        for (name, text) in texts {
            body.extend(name.iter().map(|name| (name.clone(), text.into())));
        }
        if let Some((name, form)) = &envelope.time {
            body.insert(name.clone(), written(self.at, *form));
        }
        body
    }
}

/// A moment in a form.
fn written(at: jiff::Timestamp, form: MomentForm) -> Value {
    match form {
        MomentForm::MillisZ => format!("{at:.3}").into(),
        MomentForm::SecondsZ => format!("{at:.0}").into(),
        MomentForm::Unix => at.as_second().into(),
    }
}
