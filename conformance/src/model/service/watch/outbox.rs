//! The stored state of watches: keys, notifications, attempts.

use std::collections::HashSet;

use fieldproof_spec::model::{Event, Notification as Look};
use serde_json::{Map, Value};

use super::grant::Grant;
use super::signing::Key;

/// The stored state of all watches.
#[derive(Debug, Clone, Default)]
pub(in crate::model::service) struct Outbox {
    pub(super) keys: Vec<Key>,
    /// Notifications that were not sent yet.
    pub(super) waiting: Vec<Notification>,
    /// Notifications that were sent, for redelivery.
    pub(super) sent: Vec<Notification>,
    pub(super) attempts: Vec<Attempt>,
    /// Identifiers of watches whose authors see scoped members.
    pub(super) seers: HashSet<String>,
}

/// A notification, as it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Notification {
    /// Identical for all attempts.
    pub(crate) id: String,
    /// The resource of the watch, and the identifier of the watch.
    pub(crate) resource: String,
    pub(crate) watch: String,
    /// What is told, and what it is called.
    pub(crate) what: Event,
    pub(crate) event: String,
    /// What notifications of the watch look like.
    pub(crate) look: Look,
    /// The identifier of the object that changed.
    pub(crate) object: String,
    pub(crate) url: String,
    pub(crate) method: String,
    /// Header fields that the owner set, and credentials.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) authorization: Option<String>,
    /// `None` if the method has no body.
    pub(crate) body: Option<String>,
    /// The body as the log of requests shows it.
    pub(crate) record: String,
    pub(crate) keys: Vec<Key>,
    pub(crate) grant: Option<Grant>,
}

/// One delivery attempt, as shown to the owner of the watch.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) number: u64,
    pub(crate) watch: String,
    pub(crate) webhook_id: String,
    pub(crate) outcome: &'static str,
    pub(crate) shown: Map<String, Value>,
}

impl Attempt {
    pub(super) fn shown(&self) -> Value {
        let mut shown = self.shown.clone();
        shown.insert("id".to_owned(), self.number.to_string().into());
        shown.insert("webhookId".to_owned(), self.webhook_id.clone().into());
        shown.insert("outcome".to_owned(), self.outcome.into());
        Value::Object(shown)
    }
}
