//! What notifications of a watch look like: each point with its value, and what says it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{CONVENTIONS, Row, Said};
use crate::syntax::{Event, MomentForm};

/// The objects of a resource are watches of another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// The resource whose changes are sent.
    pub of: String,
    /// Path below the base where the keys are kept that sign what is sent.
    pub keys: Option<String>,
    /// Fields and the values they need to have; with others nothing is sent.
    pub needs: IndexMap<String, String>,
    /// What notifications look like.
    pub notification: Notification,
}

/// What notifications look like.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// What the body is.
    pub payload: Said<Payload>,
    /// Header field with the name of the event.
    pub event_in: Said<Option<String>>,
    /// Header field with the identifier of the object.
    pub object_in: Said<Option<String>>,
    /// Header field with the identifier of the notification.
    pub id_in: Said<Option<String>>,
    /// Header field with the moment of the attempt.
    pub timestamp_in: Said<Option<String>>,
    /// How receivers know who sends.
    pub signature: Said<Signature>,
    /// What events are called.
    pub events: BTreeMap<Event, Said<String>>,
}

/// What the body of a notification is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The object as a read shows it, with the one before as this member where the watch
    /// asks for it.
    Object(String),
    /// An object around it.
    Envelope(NotificationEnvelope),
}

/// Members of an object around the one that a notification is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationEnvelope {
    /// The identifier of the notification.
    pub id: Option<String>,
    /// The name of the event.
    pub event: Option<String>,
    /// The moment of the change, and how it is written.
    pub time: Option<(String, MomentForm)>,
    /// The object.
    pub object: String,
    /// The object as it was before.
    pub previous: Option<String>,
}

/// How receivers know who sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// Standard Webhooks 1.0.
    StandardWebhooks,
    /// HMAC-SHA256 of the body by the text of the key, in hexadecimal digits.
    HexHmac {
        /// The header field.
        header: String,
        /// What stands before the digits.
        prefix: String,
    },
    /// `t=SECONDS,v1=DIGITS`: the same of `SECONDS.BODY`.
    Timestamped {
        /// The header field.
        header: String,
    },
}

impl Signature {
    /// The header field with the signature.
    #[must_use]
    pub fn header(&self) -> &str {
        match self {
            Self::StandardWebhooks => "webhook-signature",
            Self::HexHmac { header, .. } | Self::Timestamped { header } => header,
        }
    }
}

impl Notification {
    /// What an event is called.
    #[must_use]
    pub fn name(&self, event: Event) -> &str {
        &self.events[&event].value
    }

    /// Whether something says what an event is called.
    #[must_use]
    pub fn names(&self, event: Event) -> bool {
        self.events[&event].row.is_some()
    }

    /// The envelope, where something says that there is one.
    #[must_use]
    pub fn envelope(&self) -> Option<&NotificationEnvelope> {
        match self.payload.said()? {
            Payload::Object(_) => None,
            Payload::Envelope(envelope) => Some(envelope),
        }
    }

    /// The rows of the points that rows of the spec say, but of the signature.
    #[must_use]
    pub fn rows(&self) -> Vec<&Row> {
        let headers = [
            &self.event_in.row,
            &self.object_in.row,
            &self.id_in.row,
            &self.timestamp_in.row,
        ];
        let events = self.events.values().map(|one| &one.row);
        let all = [&self.payload.row].into_iter().chain(headers).chain(events);
        let signature = self.signature_row().map(|row| row.path.as_str());
        let mut rows: Vec<&Row> = Vec::new();
        for row in all.flatten() {
            let known = rows.iter().any(|one| one.path == row.path);
            let other = row.path != CONVENTIONS && Some(row.path.as_str()) != signature;
            if other && !known {
                rows.push(row);
            }
        }
        rows
    }

    /// The row of the spec that says how notifications are signed.
    #[must_use]
    pub fn signature_row(&self) -> Option<&Row> {
        let row = self.signature.row.as_ref();
        row.filter(|row| row.path != CONVENTIONS)
    }
}

impl Event {
    /// Every event, those of changes first.
    pub const ALL: [Self; 4] = [Self::Created, Self::Updated, Self::Deleted, Self::Ping];

    /// Those of changes.
    pub const CHANGES: [Self; 3] = [Self::Created, Self::Updated, Self::Deleted];

    /// Its name in a spec, and what the house calls it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Ping => "ping",
        }
    }
}
