//! What notifications of a watch look like, where that is not how the house does it.

use fieldproof_spec::model::{
    Event, MomentForm, Notification as Described, NotificationEnvelope, Payload, Signature,
};
use serde::Serialize;

/// What is not as the house does it.
#[derive(Debug, Serialize)]
pub(crate) struct Notification {
    /// The member of the object with the one before, where there is no envelope.
    pub(crate) previous: Option<String>,
    pub(crate) envelope: Option<Envelope>,
    /// Header fields by the name that the runtime has for what they hold; nothing where
    /// the house has the same.
    pub(crate) headers: Vec<(&'static str, Option<Option<String>>)>,
    /// The variant of the runtime, and its texts by name.
    pub(crate) signature: Option<(&'static str, Vec<(&'static str, String)>)>,
    /// Names by event, where they are not those of the house.
    pub(crate) events: Vec<(&'static str, Option<String>)>,
}

/// Members around the object by the name that the runtime has for what they hold.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope {
    pub(crate) object: String,
    pub(crate) members: Vec<(&'static str, Option<String>)>,
    /// With how it is written, as the runtime calls it; nothing for a number.
    pub(crate) time: Option<(String, Option<&'static str>)>,
}

impl Notification {
    /// Resolves what a spec says.
    pub(super) fn of(own: &Described) -> Self {
        let headers = [
            ("event_in", &own.event_in.value, "x-watch-event"),
            ("object_in", &own.object_in.value, "x-watch-resource-id"),
            ("id_in", &own.id_in.value, "webhook-id"),
            ("timestamp_in", &own.timestamp_in.value, "webhook-timestamp"),
        ];
        let headers = headers.map(|(name, field, house)| {
            let other = field.as_deref() != Some(house);
            (name, other.then(|| field.clone()))
        });
        let events = Event::ALL.map(|event| {
            let name = own.name(event);
            (
                event.word(),
                (name != event.word()).then(|| name.to_owned()),
            )
        });
        let (previous, envelope) = match &own.payload.value {
            Payload::Object(name) if name == "previousData" => (None, None),
            Payload::Object(name) => (Some(name.clone()), None),
            Payload::Envelope(one) => (None, Some(envelope(one))),
        };
        Self {
            previous,
            envelope,
            headers: headers.into(),
            signature: signature(&own.signature.value),
            events: events.into(),
        }
    }
}

fn envelope(one: &NotificationEnvelope) -> Envelope {
    let members = [
        ("id", one.id.clone()),
        ("event", one.event.clone()),
        ("previous", one.previous.clone()),
    ];
    let form = |form: MomentForm| match form {
        MomentForm::MillisZ => Some("MillisZ"),
        MomentForm::SecondsZ => Some("SecondsZ"),
        MomentForm::Unix => None,
    };
    let time = one.time.as_ref();
    Envelope {
        object: one.object.clone(),
        members: members.into(),
        time: time.map(|(name, written)| (name.clone(), form(*written))),
    }
}

fn signature(one: &Signature) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    match one {
        Signature::StandardWebhooks => None,
        Signature::HexHmac { header, prefix } => {
            let texts = vec![("header", header.clone()), ("prefix", prefix.clone())];
            Some(("HexHmac", texts))
        }
        Signature::Timestamped { header } => {
            Some(("Timestamped", vec![("header", header.clone())]))
        }
    }
}
