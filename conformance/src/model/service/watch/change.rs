//! Changes, as reported to watches.

use std::collections::BTreeMap;

use fieldproof_spec::model::Event;
use serde_json::{Map, Value};

use crate::model::service::record::Record;

/// A change of one object.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) event: Event,
    pub(crate) id: String,
    pub(crate) tenant: String,
    pub(crate) before: Option<Map<String, Value>>,
    /// The object after the change; its last version if it was removed.
    pub(crate) now: Map<String, Value>,
    /// Both states as seen by callers with all scopes.
    pub(crate) full: (Option<Map<String, Value>>, Map<String, Value>),
}

impl Change {
    /// The change that a ping reports: about the watch itself.
    pub(super) fn ping(watch: &Record, now: Map<String, Value>) -> Self {
        Self {
            event: Event::Ping,
            id: watch.id.clone(),
            tenant: watch.tenant.clone(),
            before: None,
            full: (None, now.clone()),
            now,
        }
    }
}

/// A watched object, as it was at some moment.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) tenant: String,
    pub(super) version: u64,
    pub(super) shown: Map<String, Value>,
    pub(super) full: Map<String, Value>,
}

/// The differences: each object that was created, updated or removed.
pub(super) fn changes(
    before: &BTreeMap<String, Seen>,
    after: &BTreeMap<String, Seen>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, now) in after {
        match before.get(id) {
            None => changes.push(Change {
                event: Event::Created,
                before: None,
                full: (None, now.full.clone()),
                ..updated(id, now, now)
            }),
            Some(old) if old.version != now.version || old.shown != now.shown => {
                changes.push(updated(id, old, now));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    changes.extend(gone.map(|(id, last)| Change {
        event: Event::Deleted,
        ..updated(id, last, last)
    }));
    changes
}

/// The change of an object from its old state to its new one.
pub(super) fn updated(id: &str, old: &Seen, now: &Seen) -> Change {
    Change {
        event: Event::Updated,
        id: id.to_owned(),
        tenant: now.tenant.clone(),
        before: Some(old.shown.clone()),
        now: now.shown.clone(),
        full: (Some(old.full.clone()), now.full.clone()),
    }
}
