//! The outbox: deliveries to watches are enqueued in the transaction of the write, so
//! a write that is rolled back notifies nobody, and one that is committed is not lost.

use serde_json::Value;

use super::UnitOfWork;
use super::change::{Change, Event, Version, Watcher};
use super::unreadable::unreadable;
use crate::problem::Problem;
use crate::store::{EVENTS, Row, WATCHERS};
use crate::table::{EventNames, GLOBAL, Role, Table, Watch};
use crate::value::Instant;
use crate::watch::machine::{Delivery, disable, enqueue, forget, resume};

impl UnitOfWork<'_> {
    /// Records that an object is about to be stored or removed.
    pub(crate) fn note_change(
        &mut self,
        table: &'static Table,
        id: &str,
        after: Option<&Row>,
    ) -> Result<(), Problem> {
        if !table.watched {
            return Ok(());
        }
        let after = after.map(|row| Version {
            body: row.body.clone(),
            privileged: row.privileged.clone(),
        });
        let known = |one: &&mut Change| one.table.name == table.name && one.id == id;
        if let Some(change) = self.changes.iter_mut().find(known) {
            change.after = after;
            return Ok(());
        }
        // Most tables have no watches; nothing else is read then.
        let watchers = self.watchers(table)?;
        if watchers.is_empty() {
            return Ok(());
        }
        let before = self.tx.find(table, &self.tenant, id)?;
        self.changes.push(Change {
            table,
            id: id.to_owned(),
            before: before.map(|stored| Version {
                body: stored.body,
                privileged: stored.privileged,
            }),
            after,
            watchers,
        });
        Ok(())
    }

    /// The watches of a table in the tenant.
    fn watchers(&mut self, table: &Table) -> Result<Vec<Watcher>, Problem> {
        let parent = parent(table.name, &self.tenant);
        let stored = self.tx.children(&WATCHERS, GLOBAL, &parent)?;
        let read = stored.iter().map(|one| serde_json::from_str(&one.body));
        read.collect::<Result<_, _>>()
            .map_err(|error| unreadable(&error))
    }

    /// Enqueues the deliveries of the whole write: one for each changed object and each watch
    /// that is notified of it.
    pub(crate) fn publish(&mut self) -> Result<(), Problem> {
        for mut change in std::mem::take(&mut self.changes) {
            let name = match (&change.before, &change.after) {
                (None, Some(_)) => EventNames::BASE.created,
                (Some(_), Some(_)) => EventNames::BASE.updated,
                (Some(_), None) => EventNames::BASE.deleted,
                (None, None) => continue,
            };
            let mut watchers = std::mem::take(&mut change.watchers);
            watchers.retain(|watcher| watcher.wants(name));
            if watchers.is_empty() {
                continue;
            }
            let (number, now) = (self.tx.number(), self.tx.now());
            let privileged = watchers.iter().any(|one| one.can_view_secrets);
            let privileged = privileged.then(|| change.event(name, number, true));
            self.keep_event(&change.event(name, number, false), privileged.as_ref(), now)?;
            for watcher in watchers {
                let id = format!("{number}-{}", watcher.id);
                let delivery = Delivery::new(id, watcher.name(), change.id.clone(), number, now);
                enqueue(self.tx.ledger(), &delivery)?;
            }
        }
        Ok(())
    }

    /// Stores an event until it is delivered. The privileged form is stored as a secret, and so
    /// encrypted.
    pub(crate) fn keep_event(
        &mut self,
        event: &Event,
        privileged: Option<&Event>,
        now: Instant,
    ) -> Result<(), Problem> {
        let text = |event| serde_json::to_string(event).map_err(|error| unreadable(&error));
        let row = Row {
            secrets: privileged.map(text).transpose()?,
            ..Row::internal(event.number.to_string(), event.number, now, text(event)?)
        };
        Ok(self.tx.upsert(&EVENTS, &row)?)
    }

    /// Updates the list of watches when a watch is stored.
    pub(crate) fn note_watch(&mut self, table: &'static Table, own: &Row) -> Result<(), Problem> {
        let Some(watch) = &table.watch else {
            return Ok(());
        };
        let object: Value = serde_json::from_str(&own.body).map_err(|error| unreadable(&error))?;
        let watcher = Watcher {
            events: wanted(watch, &object),
            can_view_secrets: self.can_view_secrets,
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
    pub(crate) fn forget_watch(&mut self, table: &'static Table, id: &str) -> Result<(), Problem> {
        if table.watch.is_none() {
            return Ok(());
        }
        let name = Watcher::new(table.name, &self.tenant, id).name();
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
