//! What is kept for watches: keys, notifications, attempts.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::signing::Key;
use super::token::Grant;
use crate::model::service::record::Record;

/// What the model keeps for watches.
#[derive(Debug, Clone, Default)]
pub(in crate::model::service) struct Desk {
    pub(super) keys: Vec<Key>,
    /// What is not on its way yet.
    pub(super) waiting: Vec<Notification>,
    /// What was on its way, to be sent again.
    pub(super) sent: Vec<Notification>,
    pub(super) attempts: Vec<Attempt>,
    /// Watches that callers wrote who see members that a scope shows.
    pub(super) seers: HashSet<String>,
    /// Watches that were removed, where those are told all the same.
    pub(super) gone: Vec<Record>,
}

/// What a watch is told, as it is sent.
#[derive(Debug, Clone)]
pub(in crate::model::service) struct Notification {
    /// The same for every attempt.
    pub(super) id: String,
    /// The resource of the watch, and the watch.
    pub(super) resource: String,
    pub(super) watch: String,
    pub(super) event: String,
    /// The object that changed.
    pub(super) object: String,
    pub(super) url: String,
    pub(super) method: String,
    /// Fields of the owner, and the proof of who sends.
    pub(super) headers: Vec<(String, String)>,
    pub(super) authorization: Option<String>,
    /// Nothing where the method has no body.
    pub(super) body: Option<String>,
    /// The body as the record shows it.
    pub(super) record: String,
    pub(super) keys: Vec<Key>,
    pub(super) grant: Option<Grant>,
}

/// One attempt, for the owner of the watch to read.
#[derive(Debug, Clone)]
pub(in crate::model::service) struct Attempt {
    pub(super) number: u64,
    pub(super) watch: String,
    pub(super) webhook_id: String,
    pub(super) outcome: &'static str,
    pub(super) shown: Map<String, Value>,
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
