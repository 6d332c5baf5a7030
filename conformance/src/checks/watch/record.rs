//! What the record of a watch shows of an attempt, beside what was sent.

use serde_json::{Value, json};

use super::clock::{APART, is_now};
use super::reading::Notice;
use crate::harness::{CheckError, Harness, Inbox};

/// Header fields that the transport adds, which are on no record.
const TRANSPORT: [&str; 5] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "host",
];

/// Judges the first attempt of a notification, which was taken with 204: it is on record as
/// it came, whole, and with nothing beside.
pub(super) fn judge(
    harness: &Harness<'_>,
    record: &Value,
    notice: &Notice,
    (event, object): (&str, &str),
    inbox: &Inbox,
) -> Result<(), CheckError> {
    let known = json!({
        "webhookId": if notice.id.is_empty() { record["webhookId"].clone() } else { json!(notice.id) },
        "event": event,
        "resourceId": object,
        "attempt": 1,
        "outcome": "delivered",
        "method": notice.request.method,
        "address": inbox.url,
        "body": String::from_utf8_lossy(&notice.request.body),
        "status": 204,
        "response": "",
        "error": null,
    });
    let known = known.as_object().into_iter().flatten();
    for (name, expected) in known.clone() {
        let found = record.get(name);
        harness.ensure(found == Some(expected), || {
            let found = found.map_or("nothing".to_owned(), Value::to_string);
            format!("on record `{name}` is {expected}, got {found}")
        })?;
    }
    let own = ["id", "sent", "duration", "headers"];
    let mut names = record.as_object().into_iter().flat_map(|one| one.keys());
    let other = names.find(|name| {
        let mut known = known.clone();
        !own.contains(&name.as_str()) && known.all(|(one, _)| one != *name)
    });
    harness.ensure(other.is_none(), || {
        format!(
            "nothing else is on record, got `{}`",
            other.map_or("", String::as_str)
        )
    })?;
    let is_number = |text: &str| !text.starts_with('0') && text.parse::<u64>().is_ok();
    harness.ensure(record["id"].as_str().is_some_and(is_number), || {
        format!(
            "the identifier of a request is its number, got {}",
            record["id"]
        )
    })?;
    let sent = record["sent"].as_str().unwrap_or_default();
    let sent = sent.parse::<jiff::Timestamp>();
    harness.ensure(sent.is_ok_and(|sent| is_now(sent.as_second())), || {
        format!(
            "`sent` is the moment of the attempt, got {}",
            record["sent"]
        )
    })?;
    let took = record["duration"].as_u64();
    harness.ensure(took.is_some_and(|took| took <= APART * 1_000), || {
        format!("`duration` is in milliseconds, got {}", record["duration"])
    })?;
    judge_headers(harness, record, notice)
}

/// The header fields are those that came.
fn judge_headers(harness: &Harness<'_>, record: &Value, notice: &Notice) -> Result<(), CheckError> {
    let Value::Object(shown) = &record["headers"] else {
        return harness.fail("the header fields of a request are on record");
    };
    let own = |name: &&String| !TRANSPORT.contains(&name.as_str());
    let mut came = notice.request.headers.iter().filter(|(name, _)| own(name));
    let other = came.find(|(name, value)| {
        shown.get(name.as_str()).and_then(Value::as_str) != Some(value.as_str())
    });
    harness.ensure(other.is_none(), || {
        let (name, value) = other
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .unwrap_or_default();
        format!("the field `{name}: {value}` is on record as it was sent")
    })?;
    let mut names = shown.keys();
    let other = names.find(|name| !notice.request.headers.contains_key(*name));
    harness.ensure(other.is_none(), || {
        format!(
            "the field `{}` is on record and did not come",
            other.map_or("", String::as_str)
        )
    })
}

/// Fails unless an answer is this object, with nothing beside.
pub(super) fn is(
    harness: &Harness<'_>,
    what: &str,
    found: &Value,
    expected: &Value,
) -> Result<(), CheckError> {
    harness.ensure(found == expected, || {
        format!("{what} answers {expected}, got {found}")
    })
}
