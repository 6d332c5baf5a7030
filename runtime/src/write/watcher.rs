//! Watches as the outbox knows them.

use serde::{Deserialize, Serialize};

use crate::store::{Error, Store, WATCHERS};
use crate::table::GLOBAL;

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
    pub async fn can_view_secrets(store: &dyn Store, name: &str) -> Result<bool, Error> {
        let stored = store.get(&WATCHERS, GLOBAL, name).await?;
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
