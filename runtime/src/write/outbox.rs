//! The outbox: deliveries to watches are enqueued in the transaction of the write, so
//! a write that is rolled back notifies nobody, and one that is committed is not lost.

use super::UnitOfWork;
use super::change::{Event, Published, Version};
use super::observer::{Change, Observer};
use super::unreadable::unreadable;
use crate::problem::Problem;
use crate::store::{EVENTS, Row, Stored};
use crate::table::{EventNames, Table};
use crate::value::Instant;
use crate::watch::machine::{Delivery, enqueue};

/// Notes the changes of watched objects.
pub(super) struct Outbox;

impl Observer for Outbox {
    fn observes(&self, table: &Table) -> bool {
        table.watched
    }

    fn changed(&self, unit: &mut UnitOfWork<'_>, change: &Change<'_>) -> Result<(), Problem> {
        let after = change.after.map(|row| Version {
            body: row.body.clone(),
            privileged: row.privileged.clone(),
        });
        let known =
            |one: &&mut Published| one.table.name == change.table.name && one.id == change.id;
        if let Some(published) = unit.changes.iter_mut().find(known) {
            published.after = after;
            return Ok(());
        }
        // Most tables have no watches; nothing else is read then.
        let watchers = unit.watchers(change.table)?;
        if watchers.is_empty() {
            return Ok(());
        }
        let version = |stored: &Stored| Version {
            body: stored.body.clone(),
            privileged: stored.privileged.clone(),
        };
        let before = change.before(unit)?.map(version);
        unit.changes.push(Published {
            table: change.table,
            id: change.id.to_owned(),
            before,
            after,
            watchers,
        });
        Ok(())
    }
}

impl UnitOfWork<'_> {
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
}
