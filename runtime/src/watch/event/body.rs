//! The body of a notification.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{Event, PREVIOUS, Receiver, Unsendable};
use crate::table::{NotificationEnvelope, Payload};

/// The body for a receiver: the rendered template, or the object exactly as it is stored,
/// alone or in an envelope.
pub(super) fn body(event: &Event<'_>, receiver: &Receiver) -> Result<Bytes, Unsendable> {
    let text = match (&receiver.template, &receiver.notification.payload) {
        (Some(template), _) => {
            let data: Result<Value, _> = serde_json::from_str(&with_previous(event, PREVIOUS)?);
            let before = receiver.named.iter().map(|path| {
                let names = path.iter().copied();
                std::iter::once(PREVIOUS).chain(names).collect()
            });
            let now = receiver.named.iter().map(|path| path.to_vec());
            let named: Vec<Vec<&str>> = now.chain(before).collect();
            template.render(&data.map_err(|_| Unsendable::Resource)?, &named)?
        }
        (None, Payload::Object(_)) if !receiver.with_previous => event.resource.to_owned(),
        (None, Payload::Object(previous)) => with_previous(event, previous)?,
        (None, Payload::Envelope(envelope)) => enveloped(event, receiver, envelope),
    };
    Ok(text.into())
}

/// The object, with its previous version as an additional last member.
fn with_previous(event: &Event<'_>, name: &str) -> Result<String, Unsendable> {
    let open = event.resource.trim_ascii_end().strip_suffix('}');
    let open = open.ok_or(Unsendable::Resource)?;
    let comma = if open.trim_ascii_end().ends_with('{') {
        ""
    } else {
        ","
    };
    let previous = event.previous.unwrap_or("null");
    Ok(format!("{open}{comma}{}:{previous}}}", json!(name)))
}

/// The object in an envelope, which is the same for every attempt.
fn enveloped(event: &Event<'_>, receiver: &Receiver, envelope: &NotificationEnvelope) -> String {
    let told = receiver.notification.events.told(event.name);
    let previous = envelope.previous.filter(|_| receiver.with_previous);
    let members = [
        envelope.id.map(|name| (name, json!(event.id).to_string())),
        envelope.event.map(|name| (name, json!(told).to_string())),
        envelope
            .time
            .map(|(name, form)| (name, form.json(event.made))),
        Some((envelope.object, event.resource.to_owned())),
        previous.map(|name| (name, event.previous.unwrap_or("null").to_owned())),
    ];
    let members = members.into_iter().flatten();
    let members: Vec<String> = members
        .map(|(name, value)| format!("{}:{value}", json!(name)))
        .collect();
    format!("{{{}}}", members.join(","))
}
