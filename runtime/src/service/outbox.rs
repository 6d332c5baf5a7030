//! What watches are told of a write, noted in its transaction: what is undone
//! is told to nobody, and what was committed is not forgotten.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::work::{Work, unreadable};
use crate::problem::Problem;
use crate::store::{Error, Row, Store};
use crate::table::{EVERYWHERE, Role, Table, Watch};
use crate::value::Instant;
use crate::watch::machine::{Delivery, disable, enqueue, forget, resume};

/// Watches by the table and tenant whose changes they tell, as their parent.
pub static WATCHERS: Table = Table::own("watchers");

/// Changes that some watch is told of, by their number.
pub static EVENTS: Table = Table::own("events");

/// A change of one object, from the first write of a transaction to the last.
#[derive(Debug)]
pub(super) struct Change {
    table: &'static Table,
    id: String,
    before: Option<Version>,
    after: Option<Version>,
    /// Who is there to be told.
    watchers: Vec<Watcher>,
}

/// An object as everybody sees it, and as callers with the scope of its table do.
#[derive(Debug, Clone)]
struct Version {
    body: String,
    full: Option<String>,
}

impl Version {
    fn text(&self, full: bool) -> String {
        let full = self.full.as_ref().filter(|_| full);
        full.unwrap_or(&self.body).clone()
    }
}

impl Change {
    /// What happened, also in members that a scope shows where `full`.
    fn event(&self, name: &str, number: u64, full: bool) -> Event {
        let text = |version: &Option<Version>| version.as_ref().map(|one| one.text(full));
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

/// Which watch, among those of all tenants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watcher {
    /// The table of the watch.
    pub table: String,
    /// Its tenant.
    pub tenant: String,
    /// Its identifier.
    pub id: String,
    /// The changes that it is told of; nothing where it does not choose.
    pub events: Option<Vec<String>>,
    /// Whether who wrote it last sees members that a scope shows; its template
    /// does so too.
    #[serde(default)]
    pub sees: bool,
}

impl Watcher {
    /// Its name in the ledger. Tables and identifiers have no slash.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}/{}", self.table, self.tenant, self.id)
    }

    /// A watch that chooses no events.
    pub(super) fn new(table: &str, tenant: &str, id: &str) -> Self {
        Self {
            table: table.to_owned(),
            tenant: tenant.to_owned(),
            id: id.to_owned(),
            events: None,
            sees: false,
        }
    }

    /// Whether the template of the watch with this name sees members that a
    /// scope shows.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn sees(store: &dyn Store, name: &str) -> Result<bool, Error> {
        let stored = store.get(&WATCHERS, EVERYWHERE, name)?;
        let read = |text: String| serde_json::from_str::<Self>(&text);
        let watcher = stored.map(|stored| read(stored.body)).transpose();
        let watcher = watcher.map_err(|why| Error::new("read a watch", why))?;
        Ok(watcher.is_some_and(|one| one.sees))
    }

    /// The watch of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (table, rest) = name.split_once('/')?;
        let (tenant, id) = rest.rsplit_once('/')?;
        Some(Self::new(table, tenant, id))
    }

    /// Whether it wants to know of an event.
    fn wants(&self, event: &str) -> bool {
        let chosen = self.events.as_ref();
        chosen.is_none_or(|events| events.iter().any(|one| one == event))
    }
}

/// What happened, kept once for all watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The number of the change.
    pub number: u64,
    /// `created`, `updated` or `deleted`.
    pub name: String,
    /// The object's identifier.
    pub object: String,
    /// The object after the change, the last version of one that was deleted.
    pub resource: String,
    /// The object before the change.
    pub previous: Option<String>,
}

impl Event {
    /// The change with a number, with members that a scope shows where `full`
    /// and somebody is told of them.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn of(store: &dyn Store, number: u64, full: bool) -> Result<Option<Self>, Error> {
        let stored = store.get(&EVENTS, EVERYWHERE, &number.to_string())?;
        let text = stored.map(|stored| match stored.hidden {
            Some(text) if full => text,
            _ => stored.body,
        });
        let event = text.map(|text| serde_json::from_str(&text)).transpose();
        event.map_err(|why| Error::new("read a change", why))
    }
}

impl Work<'_> {
    /// Notes that an object is about to be stored or removed.
    pub(super) fn note_change(
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
            full: row.full.clone(),
        });
        let known = |one: &&mut Change| one.table.name == table.name && one.id == id;
        if let Some(change) = self.changes.iter_mut().find(known) {
            change.after = after;
            return Ok(());
        }
        // Mostly nobody watches, and then nothing else is read.
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
                full: stored.full,
            }),
            after,
            watchers,
        });
        Ok(())
    }

    /// The watches of a table in the tenant.
    fn watchers(&mut self, table: &Table) -> Result<Vec<Watcher>, Problem> {
        let parent = parent(table.name, &self.tenant);
        let stored = self.tx.children(&WATCHERS, EVERYWHERE, &parent)?;
        let read = stored.iter().map(|one| serde_json::from_str(&one.body));
        read.collect::<Result<_, _>>()
            .map_err(|error| unreadable(&error))
    }

    /// Notes the deliveries that the whole write asks for: one for each object
    /// that changed and each watch that wants to know.
    pub(super) fn tell(&mut self) -> Result<(), Problem> {
        for mut change in std::mem::take(&mut self.changes) {
            let name = match (&change.before, &change.after) {
                (None, Some(_)) => "created",
                (Some(_), Some(_)) => "updated",
                (Some(_), None) => "deleted",
                (None, None) => continue,
            };
            let mut watchers = std::mem::take(&mut change.watchers);
            watchers.retain(|watcher| watcher.wants(name));
            if watchers.is_empty() {
                continue;
            }
            let (number, now) = (self.tx.number(), self.tx.now());
            let full = watchers.iter().any(|one| one.sees);
            let full = full.then(|| change.event(name, number, true));
            self.keep(&change.event(name, number, false), full.as_ref(), now)?;
            for watcher in watchers {
                let id = format!("{number}-{}", watcher.id);
                let delivery = Delivery::new(id, watcher.name(), change.id.clone(), number, now);
                enqueue(self.tx.ledger(), &delivery)?;
            }
        }
        Ok(())
    }

    /// Keeps what happened until it is told; apart, and so sealed, what only
    /// some are told of it.
    pub(super) fn keep(
        &mut self,
        event: &Event,
        full: Option<&Event>,
        now: Instant,
    ) -> Result<(), Problem> {
        let text = |event| serde_json::to_string(event).map_err(|error| unreadable(&error));
        let row = Row {
            hidden: full.map(text).transpose()?,
            ..Row::own(event.number.to_string(), event.number, now, text(event)?)
        };
        Ok(self.tx.put(&EVENTS, &row)?)
    }

    /// Keeps the list of watches up to an object that is one.
    pub(super) fn note_watch(&mut self, table: &'static Table, own: &Row) -> Result<(), Problem> {
        let Some(watch) = &table.watch else {
            return Ok(());
        };
        let object: Value = serde_json::from_str(&own.body).map_err(|error| unreadable(&error))?;
        let watcher = Watcher {
            events: wanted(watch, &object),
            sees: self.sees,
            ..Watcher::new(table.name, &own.tenant, &own.id)
        };
        let (name, now) = (watcher.name(), self.tx.now());
        let serves = watch
            .needs
            .iter()
            .all(|(member, text)| object[member] == *text);
        if !serves {
            self.tx.remove(&WATCHERS, EVERYWHERE, &name)?;
            return Ok(disable(self.tx.ledger(), &name, OFF.to_owned(), now)?);
        }
        let parent = parent(watch.of, &own.tenant);
        let text = serde_json::to_string(&watcher).map_err(|error| unreadable(&error))?;
        let number = self.tx.number();
        let row = Row {
            parent: Some(parent),
            ..Row::own(name.clone(), number, now, text)
        };
        self.tx.put(&WATCHERS, &row)?;
        Ok(resume(self.tx.ledger(), &name, now)?)
    }

    /// Forgets a watch that is removed, and what it was to be told.
    pub(super) fn forget_watch(&mut self, table: &'static Table, id: &str) -> Result<(), Problem> {
        if table.watch.is_none() {
            return Ok(());
        }
        let name = Watcher::new(table.name, &self.tenant, id).name();
        self.tx.remove(&WATCHERS, EVERYWHERE, &name)?;
        Ok(forget(self.tx.ledger(), &name)?)
    }
}

/// Why nothing is sent for a watch whose owner switched it off.
const OFF: &str = "its owner switched it off";

/// The key that watches of a table in a tenant are found by.
fn parent(table: &str, tenant: &str) -> String {
    format!("{table}/{tenant}")
}

/// The changes that a watch chooses.
fn wanted(watch: &Watch, object: &Value) -> Option<Vec<String>> {
    let (_, path) = watch.roles.iter().find(|(role, _)| *role == Role::Events)?;
    let value = path
        .iter()
        .try_fold(object, |value, name| value.get(name))?;
    serde_json::from_value(value.clone()).ok()
}
