//! A single attempt to deliver a notification: its headers and its log entry.

use std::time::Instant;

use serde_json::{Value, json};

use super::front::Headers;
use crate::model::{Notification, signature};

/// The default sender, if the owner of a watch sets none.
pub(crate) const SENDER: &str = concat!("Fieldproof/", env!("CARGO_PKG_VERSION"));

/// The header field that identifies the sender.
pub(crate) const USER_AGENT: &str = "user-agent";

/// The header fields of a notification that is sent now: those of its owner, the sender,
/// the subject, and the signatures.
pub(super) fn headers(one: &Notification, authorization: Option<String>) -> Headers {
    let now = jiff::Timestamp::now().as_second();
    let mut headers = one.headers.clone();
    let named = |(name, _): &(String, String)| name.eq_ignore_ascii_case(USER_AGENT);
    if !headers.iter().any(named) {
        headers.push((USER_AGENT.to_owned(), SENDER.to_owned()));
    }
    headers.extend(authorization.map(|text| ("authorization".to_owned(), text)));
    let look = &one.look;
    for (field, text) in [
        (&look.id_in, one.id.clone()),
        (&look.timestamp_in, now.to_string()),
        (&look.event_in, one.event.clone()),
        (&look.object_in, one.object.clone()),
    ] {
        headers.extend(field.value.iter().map(|name| (name.clone(), text.clone())));
    }
    if one.body.is_some() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    let body = one.body.as_deref().unwrap_or_default();
    let scheme = &look.signature.value;
    let signature = signature(scheme, &one.keys, &one.id, now, body);
    if !signature.is_empty() {
        headers.push((scheme.header().to_owned(), signature));
    }
    headers
}

/// The log entry of an attempt, beside its header fields.
pub(super) fn seen(
    one: &Notification,
    attempt: usize,
    started: Instant,
    result: &Result<u16, String>,
) -> [(String, Value); 11] {
    let (status, error) = match result {
        Ok(status) => (Some(status), None),
        Err(error) => (None, Some(error)),
    };
    [
        ("event", json!(one.event)),
        ("resourceId", json!(one.object)),
        ("attempt", json!(attempt + 1)),
        ("sent", json!(jiff::Timestamp::now().to_string())),
        ("duration", json!(started.elapsed().as_millis() as u64)),
        ("method", json!(one.method)),
        ("address", json!(one.url)),
        ("body", json!(one.record)),
        ("status", json!(status)),
        ("response", json!(status.map(|_| ""))),
        ("error", json!(error)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
}
