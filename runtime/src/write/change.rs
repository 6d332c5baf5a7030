//! Changes of objects, and the watches that are notified of them.

use serde::{Deserialize, Serialize};

use crate::store::{EVENTS, Error, Store, WATCHERS};
use crate::table::{GLOBAL, Table};

/// A change of one object, from the first write of a transaction to the last.
#[derive(Debug)]
pub(crate) struct Change {
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

impl Change {
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

/// A watch, identified across tenants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watcher {
    /// The table of the watch.
    pub table: String,
    /// Its tenant.
    pub tenant: String,
    /// Its identifier.
    pub id: String,
    /// The events of which it is notified; `None` is all.
    pub events: Option<Vec<String>>,
    /// Whether its last writer could view the members that a scope reveals; its template can
    /// then use them, too.
    #[serde(default, rename = "sees")]
    pub can_view_secrets: bool,
}

impl Watcher {
    /// Its name in the ledger. Names of tables and identifiers contain no slash.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}/{}", self.table, self.tenant, self.id)
    }

    /// A watch that is notified of all events and cannot view secrets.
    pub(crate) fn new(table: &str, tenant: &str, id: &str) -> Self {
        Self {
            table: table.to_owned(),
            tenant: tenant.to_owned(),
            id: id.to_owned(),
            events: None,
            can_view_secrets: false,
        }
    }

    /// Whether the template of the watch called `name` can use the members that a scope
    /// reveals.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn can_view_secrets(store: &dyn Store, name: &str) -> Result<bool, Error> {
        let stored = store.get(&WATCHERS, GLOBAL, name)?;
        let read = |text: String| serde_json::from_str::<Self>(&text);
        let watcher = stored.map(|stored| read(stored.body)).transpose();
        let watcher = watcher.map_err(|why| Error::new("read a watch", why))?;
        Ok(watcher.is_some_and(|one| one.can_view_secrets))
    }

    /// Parses the name of a watch.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (table, rest) = name.split_once('/')?;
        let (tenant, id) = rest.rsplit_once('/')?;
        Some(Self::new(table, tenant, id))
    }

    /// Whether it is notified of an event.
    pub(super) fn wants(&self, event: &str) -> bool {
        let chosen = self.events.as_ref();
        chosen.is_none_or(|events| events.iter().any(|one| one == event))
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
    pub fn of(store: &dyn Store, number: u64, privileged: bool) -> Result<Option<Self>, Error> {
        let stored = store.get(&EVENTS, GLOBAL, &number.to_string())?;
        let text = stored.map(|stored| match stored.secrets {
            Some(text) if privileged => text,
            _ => stored.body,
        });
        let event = text.map(|text| serde_json::from_str(&text)).transpose();
        event.map_err(|why| Error::new("read a change", why))
    }
}
