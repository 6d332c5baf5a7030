//! The list of watches, which every write to a watched table reads.

use serde_json::Value;

use super::UnitOfWork;
use super::observer::{Change, Observer};
use super::unreadable::unreadable;
use super::watcher::Watcher;
use crate::problem::Problem;
use crate::store::{Row, WATCHERS};
use crate::table::{GLOBAL, Role, Table, Watch};
use crate::watch::machine::{disable, forget, resume};

/// Keeps the list of watches.
pub(super) struct Watchers;

impl Observer for Watchers {
    fn observes(&self, table: &Table) -> bool {
        table.watch.is_some()
    }

    fn changed(&self, unit: &mut UnitOfWork<'_>, change: &Change<'_>) -> Result<(), Problem> {
        let Some(watch) = &change.table.watch else {
            return Ok(());
        };
        match change.after {
            Some(own) => unit.list(change.table, watch, own),
            None => unit.forget(change),
        }
    }
}

impl UnitOfWork<'_> {
    /// The watches of a table in the tenant.
    pub(super) fn watchers(&mut self, table: &Table) -> Result<Vec<Watcher>, Problem> {
        let parent = parent(table.name, &self.tenant);
        let stored = self.tx.children(&WATCHERS, GLOBAL, &parent)?;
        let read = stored.iter().map(|one| serde_json::from_str(&one.body));
        read.collect::<Result<_, _>>()
            .map_err(|error| unreadable(&error))
    }

    /// Lists a watch that is stored, if it is enabled.
    fn list(&mut self, table: &'static Table, watch: &Watch, own: &Row) -> Result<(), Problem> {
        let object: Value = serde_json::from_str(&own.body).map_err(|error| unreadable(&error))?;
        let watcher = Watcher {
            events: wanted(watch, &object),
            can_view_secrets: self.author.can_view_watched(table),
            ..Watcher::new(table.name, &own.tenant, &own.id)
        };
        let (name, now) = (watcher.name(), self.tx.now());
        let serves = watch
            .needs
            .iter()
            .all(|(member, text)| object[member] == *text);
        if !serves {
            self.tx.remove(&WATCHERS, GLOBAL, &name)?;
            return Ok(disable(self.tx.ledger(), &name, OFF.to_owned(), now)?);
        }
        let parent = parent(watch.of, &own.tenant);
        let text = serde_json::to_string(&watcher).map_err(|error| unreadable(&error))?;
        let number = self.tx.number();
        let row = Row {
            parent: Some(parent),
            ..Row::internal(name.clone(), number, now, text)
        };
        self.tx.upsert(&WATCHERS, &row)?;
        Ok(resume(self.tx.ledger(), &name, now)?)
    }

    /// Removes a watch from the list, with its open deliveries.
    fn forget(&mut self, change: &Change<'_>) -> Result<(), Problem> {
        let name = Watcher::new(change.table.name, &self.tenant, change.id).name();
        self.tx.remove(&WATCHERS, GLOBAL, &name)?;
        Ok(forget(self.tx.ledger(), &name)?)
    }
}

/// The reason why a watch is disabled by its owner.
const OFF: &str = "its owner switched it off";

/// The key under which the watches of a table in a tenant are stored.
fn parent(table: &str, tenant: &str) -> String {
    format!("{table}/{tenant}")
}

/// The events of which a watch is notified, by their names in the store.
fn wanted(watch: &Watch, object: &Value) -> Option<Vec<String>> {
    let (_, path) = watch.roles.iter().find(|(role, _)| *role == Role::Events)?;
    let value = path
        .iter()
        .try_fold(object, |value, name| value.get(name))?;
    let told: Vec<String> = serde_json::from_value(value.clone()).ok()?;
    let kept = |name: &String| watch.notification.events.kept(name).to_owned();
    Some(told.iter().map(kept).collect())
}
