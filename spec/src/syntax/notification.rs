//! What notifications of a watch look like: part of the dialect of a service, and
//! three-valued like the rest of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CiteList, OneOrMany};

/// What notifications look like, point by point.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Notification {
    /// What the body is; house: the object itself.
    pub payload: Option<Payload>,
    /// Header fields that say what a notification is about; house: `x-watch-event`,
    /// `x-watch-resource-id`, `webhook-id` and `webhook-timestamp`.
    pub headers: Option<NotificationHeaders>,
    /// How receivers know who sends; house: `standard-webhooks`.
    pub signature: Option<Signature>,
    /// What events are called; house: `created`, `updated`, `deleted`, `ping`.
    pub events: Option<EventNames>,
}

/// What the body of a notification is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The object, or an envelope around it.
    pub is: PayloadKind,
    /// Member of the envelope with the identifier of the notification.
    pub id: Option<String>,
    /// Member of the envelope with the name of the event.
    pub event: Option<String>,
    /// Member of the envelope with the moment of the change.
    pub time: Option<String>,
    /// How that moment is written; without it as `millis-z`.
    pub form: Option<MomentForm>,
    /// Member of the envelope with the object.
    pub object: Option<String>,
    /// Member with the object as it was before, where the watch asks for it: of the
    /// envelope, or of the object itself, `previousData` without it.
    pub previous: Option<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// What a body consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PayloadKind {
    /// The object as a read shows it.
    Object,
    /// An object with the object as one of its members.
    Envelope,
}

/// How a moment is written in an envelope.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MomentForm {
    /// `2021-01-01T00:00:00.000Z`
    #[default]
    MillisZ,
    /// `2021-01-01T00:00:00Z`
    SecondsZ,
    /// A number: seconds since 1970-01-01T00:00:00Z.
    Unix,
}

/// Header fields that say what a notification is about; without a name there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationHeaders {
    /// The name of the event.
    pub event: Option<String>,
    /// The identifier of the object.
    pub object: Option<String>,
    /// The identifier of the notification, the same for each attempt.
    pub id: Option<String>,
    /// The moment of the attempt, in seconds since 1970-01-01T00:00:00Z.
    pub timestamp: Option<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// How receivers know who sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The scheme.
    pub is: SignatureScheme,
    /// The header field with the signature; Standard Webhooks has its own.
    #[serde(rename = "in")]
    pub header: Option<String>,
    /// What stands before the digits of `hex-hmac`, such as `sha256=`.
    pub prefix: Option<String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// How a notification is signed. With several keys the last two have a signature of each,
/// with commas between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureScheme {
    /// As Standard Webhooks 1.0 says.
    StandardWebhooks,
    /// HMAC-SHA256 of the body by the text of the key, in hexadecimal digits.
    HexHmac,
    /// `t=SECONDS,v1=DIGITS`: the same of `SECONDS.BODY`.
    Timestamped,
}

/// What events are called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventNames {
    /// Name by event.
    pub are: BTreeMap<Event, String>,
    /// Lines this row was written from.
    #[serde(default)]
    pub at: CiteList,
    /// Rulings that shaped this row.
    #[serde(default)]
    pub ruling: OneOrMany,
}

/// What a notification tells.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// An object was made.
    Created,
    /// An object has changed.
    Updated,
    /// An object was removed.
    Deleted,
    /// The owner of the watch asks whether it works.
    Ping,
}
