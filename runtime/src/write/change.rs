//! Changes of watched objects.

use serde::{Deserialize, Serialize};

use super::watcher::Watcher;
use crate::store::{EVENTS, Error, Store};
use crate::table::{GLOBAL, Table};

/// A change of one watched object, from the first write of a transaction to the last.
#[derive(Debug)]
pub(crate) struct Published {
    pub(super) table: &'static Table,
    pub(super) id: String,
    pub(super) before: Option<Version>,
    pub(super) after: Option<Version>,
    /// The watches that may be notified of it.
    pub(super) watchers: Vec<Watcher>,
}

/// An object as every caller sees it, and as callers with the scope of its table see it.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) body: String,
    pub(super) privileged: Option<String>,
}

impl Version {
    fn text(&self, privileged: bool) -> String {
        let privileged = self.privileged.as_ref().filter(|_| privileged);
        privileged.unwrap_or(&self.body).clone()
    }
}

impl Published {
    /// The event; `privileged` includes the members that only a scope reveals.
    pub(super) fn event(&self, name: &str, number: u64, privileged: bool) -> Event {
        let text = |version: &Option<Version>| version.as_ref().map(|one| one.text(privileged));
        let (before, after) = (text(&self.before), text(&self.after));
        Event {
            number,
            name: name.to_owned(),
            object: self.id.clone(),
            resource: after.or_else(|| before.clone()).unwrap_or_default(),
            previous: before,
        }
    }
}

/// A change of an object, stored once for all watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The number of the change.
    pub number: u64,
    /// `created`, `updated`, `deleted` or `ping`, whatever notifications call it.
    pub name: String,
    /// The object's identifier.
    pub object: String,
    /// The object after the change; for a deleted one, its last version.
    pub resource: String,
    /// The object before the change.
    pub previous: Option<String>,
}

impl Event {
    /// Returns the change with this number; `privileged` includes the members that a scope
    /// reveals, if some watch can view them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn of(
        store: &dyn Store,
        number: u64,
        privileged: bool,
    ) -> Result<Option<Self>, Error> {
        let stored = store.get(&EVENTS, GLOBAL, &number.to_string()).await?;
        let text = stored.map(|stored| match stored.secrets {
            Some(text) if privileged => text,
            _ => stored.body,
        });
        let event = text.map(|text| serde_json::from_str(&text)).transpose();
        event.map_err(|why| Error::new("read a change", why))
    }
}
