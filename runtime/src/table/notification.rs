//! The form of notifications of a watch.

use crate::value::{Form, Instant};

/// The form of notifications. Names of header fields are in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notification {
    /// The body.
    pub payload: Payload,
    /// Header field with the name of the event.
    pub event_in: Option<&'static str>,
    /// Header field with the identifier of the object.
    pub object_in: Option<&'static str>,
    /// Header field with the identifier of the notification, the same for each attempt.
    pub id_in: Option<&'static str>,
    /// Header field with the moment of the attempt, in seconds since
    /// 1970-01-01T00:00:00Z.
    pub timestamp_in: Option<&'static str>,
    /// The signature scheme.
    pub signature: Signature,
    /// The names of events.
    pub events: EventNames,
}

/// The body of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// The object, with its previous version as this member if that is requested.
    Object(&'static str),
    /// An object around it.
    Envelope(NotificationEnvelope),
}

/// The members of an envelope around the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotificationEnvelope {
    /// The identifier of the notification.
    pub id: Option<&'static str>,
    /// The name of the event.
    pub event: Option<&'static str>,
    /// The moment of the change.
    pub time: Option<(&'static str, Moment)>,
    /// The object.
    pub object: &'static str,
    /// The object before the change, where it is asked for.
    pub previous: Option<&'static str>,
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A text.
    Text(Form),
    /// A number: seconds since 1970-01-01T00:00:00Z.
    Unix,
}

impl Moment {
    /// The moment as JSON.
    #[must_use]
    pub fn json(self, at: Instant) -> String {
        match self {
            Self::Text(form) => format!("\"{}\"", form.print(at)),
            Self::Unix => at.micros().div_euclid(1_000_000).to_string(),
        }
    }
}

/// The signature scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// Standard Webhooks 1.0, in `webhook-signature`.
    StandardWebhooks,
    /// HMAC-SHA256 of the body by the text of the key, in hexadecimal digits.
    HexHmac {
        /// The header field.
        header: &'static str,
        /// What stands before the digits.
        prefix: &'static str,
    },
    /// `t=SECONDS,v1=DIGITS`: the same of `SECONDS.BODY`.
    Timestamped {
        /// The header field.
        header: &'static str,
    },
}

/// The names of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventNames {
    /// An object was made.
    pub created: &'static str,
    /// An object has changed.
    pub updated: &'static str,
    /// An object was removed.
    pub deleted: &'static str,
    /// The owner of a watch asks whether it works.
    pub ping: &'static str,
}

impl Notification {
    /// The form of the house.
    pub const BASE: Self = Self {
        payload: Payload::Object("previousData"),
        event_in: Some("x-watch-event"),
        object_in: Some("x-watch-resource-id"),
        id_in: Some("webhook-id"),
        timestamp_in: Some("webhook-timestamp"),
        signature: Signature::StandardWebhooks,
        events: EventNames::BASE,
    };
}

impl NotificationEnvelope {
    /// Of the object alone.
    pub const BASE: Self = Self {
        id: None,
        event: None,
        time: None,
        object: "",
        previous: None,
    };
}

impl EventNames {
    /// The names of the house, which the store uses too.
    pub const BASE: Self = Self {
        created: "created",
        updated: "updated",
        deleted: "deleted",
        ping: "ping",
    };

    /// Each with what the house calls it.
    fn pairs(&self) -> [(&'static str, &'static str); 4] {
        [
            (Self::BASE.created, self.created),
            (Self::BASE.updated, self.updated),
            (Self::BASE.deleted, self.deleted),
            (Self::BASE.ping, self.ping),
        ]
    }

    /// The name in notifications of an event that the store calls `kept`.
    #[must_use]
    pub fn told<'a>(&self, kept: &'a str) -> &'a str {
        let pairs = self.pairs();
        let found = pairs.iter().find(|(house, _)| *house == kept);
        found.map_or(kept, |(_, own)| own)
    }

    /// The name in the store of an event that notifications call `told`.
    #[must_use]
    pub fn kept<'a>(&self, told: &'a str) -> &'a str {
        let pairs = self.pairs();
        let found = pairs.iter().find(|(_, own)| *own == told);
        found.map_or(told, |(house, _)| house)
    }
}
