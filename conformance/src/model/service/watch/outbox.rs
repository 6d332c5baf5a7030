//! What is kept for watches: keys, notifications, attempts.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::grant::Grant;
use super::signing::Key;

/// What the model keeps for watches.
#[derive(Debug, Clone, Default)]
pub(in crate::model::service) struct Outbox {
    pub(super) keys: Vec<Key>,
    /// What is not on its way yet.
    pub(super) waiting: Vec<Notification>,
    /// What was on its way, to be sent again.
    pub(super) sent: Vec<Notification>,
    pub(super) attempts: Vec<Attempt>,
    /// Watches that callers wrote who see members that a scope shows.
    pub(super) seers: HashSet<String>,
}

/// What a watch is told, as it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Notification {
    /// The same for every attempt.
    pub(crate) id: String,
    /// The resource of the watch, and the watch.
    pub(crate) resource: String,
    pub(crate) watch: String,
    pub(crate) event: String,
    /// The object that changed.
    pub(crate) object: String,
    pub(crate) url: String,
    pub(crate) method: String,
    /// Fields of the owner, and the proof of who sends.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) authorization: Option<String>,
    /// Nothing where the method has no body.
    pub(crate) body: Option<String>,
    /// The body as the record shows it.
    pub(crate) record: String,
    pub(crate) keys: Vec<Key>,
    pub(crate) grant: Option<Grant>,
}

/// One attempt, for the owner of the watch to read.
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
