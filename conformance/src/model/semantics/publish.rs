//! Which changes are published, and to which watches.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use crate::model::service::{Caller, Change, Record};

/// The outcome of a request.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) status: u16,
    /// The resource that the request was for.
    pub(crate) resource: &'a str,
    /// The objects that exist after the request, each as a change without a difference.
    pub(crate) there: Vec<Change>,
}

/// Which changes are published, and to which watches.
pub(crate) trait Publishing {
    /// The watches that may be notified after a request: those that exist.
    fn watchers(&self, _watch: &Resource, there: &[Record]) -> Vec<Record> {
        there.to_vec()
    }

    /// The caller whose view of an object a notification shows: one without scopes.
    fn reader(&self, _watch: &Resource) -> Caller {
        Caller {
            sees: false,
            ..Caller::everyone()
        }
    }

    /// The changes to publish after a request: each object that differs, once, whether or
    /// not the request named it. A refused request publishes nothing.
    fn published(
        &self,
        _watch: &Resource,
        _outcome: &Outcome<'_>,
        changes: Vec<Change>,
    ) -> Vec<Change> {
        changes
    }

    /// Whether a watch may be notified of a change: only of its own tenant.
    fn concerns(&self, _watch: &Resource, one: &Record, change: &Change) -> bool {
        one.tenant == change.tenant
    }

    /// Whether a watch is active: its members have the values that its row requires.
    fn is_on(&self, watch: &Resource, object: &Map<String, Value>) -> bool {
        let mut needs = watch.watch.iter().flat_map(|watch| &watch.needs);
        needs.all(|(name, text)| object.get(name) == Some(&text.as_str().into()))
    }
}
