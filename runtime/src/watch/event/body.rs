//! The body of a notification.

use bytes::Bytes;
use serde_json::Value;

use super::{Event, PREVIOUS, Receiver, Unsendable};

/// The body for a receiver: the rendered template, or the object exactly as it is stored.
pub(super) fn body(event: &Event<'_>, receiver: &Receiver) -> Result<Bytes, Unsendable> {
    let text = match &receiver.template {
        None if !receiver.with_previous => event.resource.to_owned(),
        None => with_previous(event)?,
        Some(template) => {
            let data: Result<Value, _> = serde_json::from_str(&with_previous(event)?);
            let before = receiver.named.iter().map(|path| {
                let names = path.iter().copied();
                std::iter::once(PREVIOUS).chain(names).collect()
            });
            let now = receiver.named.iter().map(|path| path.to_vec());
            let named: Vec<Vec<&str>> = now.chain(before).collect();
            template.render(&data.map_err(|_| Unsendable::Resource)?, &named)?
        }
    };
    Ok(text.into())
}

/// The object, with its previous version as an additional last member.
fn with_previous(event: &Event<'_>) -> Result<String, Unsendable> {
    let open = event.resource.trim_ascii_end().strip_suffix('}');
    let open = open.ok_or(Unsendable::Resource)?;
    let comma = if open.trim_ascii_end().ends_with('{') {
        ""
    } else {
        ","
    };
    let previous = event.previous.unwrap_or("null");
    Ok(format!("{open}{comma}\"{PREVIOUS}\":{previous}}}"))
}
