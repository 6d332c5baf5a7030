//! Which changes there are, and who is told of them.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use crate::model::service::{Caller, Change, Record};

/// What came of a request.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) status: u16,
    /// The resource that the request was about.
    pub(crate) resource: &'a str,
    /// The objects that are there after it, each as a change that changes nothing.
    pub(crate) there: Vec<Change>,
}

/// Which changes there are, and who is told of them.
pub(crate) trait Publishing {
    /// Who is told of what a request changes: the watches that are there.
    fn watchers(&self, _watch: &Resource, there: &[Record]) -> Vec<Record> {
        there.to_vec()
    }

    /// As whom a notification shows an object: as somebody whom no scope shows more.
    fn reader(&self, _watch: &Resource) -> Caller {
        Caller {
            sees: false,
            ..Caller::everyone()
        }
    }

    /// What is told of a request: every object that is different after it, once,
    /// whichever of them the request named. So what was refused tells nothing.
    fn published(
        &self,
        _watch: &Resource,
        _outcome: &Outcome<'_>,
        changes: Vec<Change>,
    ) -> Vec<Change> {
        changes
    }

    /// Whether a watch may be told of a change at all: it is one of its own tenant.
    fn concerns(&self, _watch: &Resource, one: &Record, change: &Change) -> bool {
        one.tenant == change.tenant
    }

    /// Whether a watch is switched on: its members are what they have to be for it to be
    /// served.
    fn is_on(&self, watch: &Resource, object: &Map<String, Value>) -> bool {
        let mut needs = watch.watch.iter().flat_map(|watch| &watch.needs);
        needs.all(|(name, text)| object.get(name) == Some(&text.as_str().into()))
    }
}
