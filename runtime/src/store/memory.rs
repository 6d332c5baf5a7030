//! The store in memory: small enough to read, and the reference model for the other stores.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::{
    ColumnValue, Compare, Condition, Error, Page, Queued, Read, Row, SEPARATOR, Select, Store,
    Stored, Term, Transaction, at_once,
};
use crate::paging::{Behind, Position};
use crate::table::{Attribute, ColumnKind, Table, Unique};
use crate::value::Instant;
use crate::watch::machine::{self, Backlog};

/// The objects of one table by tenant and key of the identifier.
type Objects = BTreeMap<(String, String), Row>;

/// The store in memory.
#[derive(Debug)]
pub struct Memory {
    state: Mutex<State>,
    wall: fn() -> Instant,
    wake: Notify,
}

#[derive(Debug, Clone, Default)]
struct State {
    tables: BTreeMap<&'static str, Objects>,
    deliveries: machine::Memory,
    instant: i64,
    number: u64,
}

impl Memory {
    /// Creates an empty store with the clock `wall`.
    #[must_use]
    pub fn new(wall: fn() -> Instant) -> Self {
        Self {
            state: Mutex::default(),
            wall,
            wake: Notify::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn submit(&self, queued: Queued) {
        let mut decision = queued.decision;
        let mut state = self.lock();
        let mut decide = || {
            // A copy is changed, which replaces the state if the decision succeeds.
            let mut copy = state.clone();
            let mut write = Write {
                state: &mut copy,
                wall: self.wall,
            };
            let end = decision.decide(&mut write);
            (copy, end)
        };
        // Decided twice, because that must not matter.
        let _ = decide();
        let (copy, end) = decide();
        if end.is_ok() {
            let noted = state.deliveries != copy.deliveries;
            *state = copy;
            if noted {
                self.wake.notify_one();
            }
        }
        drop(state);
        decision.answer(end);
    }

    fn get<'s>(
        &'s self,
        table: &'static Table,
        tenant: &'s str,
        id: &'s str,
    ) -> Read<'s, Option<Stored>> {
        at_once(Ok(self.lock().find(table, tenant, id)))
    }

    fn list(&self, select: Select) -> Read<'_, Page> {
        at_once(Ok(self.select(&select)))
    }

    fn wake(&self) -> &Notify {
        &self.wake
    }

    fn next_due(&self, after: Instant) -> Read<'_, Option<Instant>> {
        at_once(machine::Ledger::next_due(&self.lock().deliveries, after))
    }

    fn backlog(&self) -> Read<'_, Backlog> {
        at_once(machine::Ledger::backlog(&self.lock().deliveries))
    }

    fn ready(&self) -> Read<'_, ()> {
        at_once(Ok(()))
    }
}

impl Memory {
    fn select(&self, select: &Select) -> Page {
        let state = self.lock();
        let all = state.tables.get(select.table.name).into_iter().flatten();
        let mut rows: Vec<&Row> = all.map(|(_, row)| row).collect();
        rows.retain(|row| {
            row.tenant == select.tenant
                && (select.parent.is_none() || row.parent == select.parent)
                && holds(select, row)
        });
        rows.sort_by(|one, other| compare(select, one, other));
        if select.descending {
            rows.reverse();
        }
        let total = rows.len() as u64;
        let key = |id: &str| select.table.id_kind.key(id);
        match &select.after {
            Some(Behind::Position(after)) => {
                rows.retain(|row| (row.created, key(&row.id)) > (after.created, key(&after.id)));
            }
            Some(Behind::Id(after)) => rows.retain(|row| key(&row.id) > key(after)),
            None => {}
        }
        let skipped = usize::try_from(select.offset).unwrap_or(usize::MAX);
        let most = select.limit.map_or(usize::MAX, |limit| limit as usize);
        let page: Vec<&&Row> = rows.iter().skip(skipped).take(most).collect();
        let text = |row: &&&Row| match &row.privileged {
            Some(text) if select.privileged => text.clone(),
            _ => row.body.clone(),
        };
        let shown: Vec<String> = page.iter().map(text).collect();
        let last = page.last().filter(|_| page.len() == most);
        Page {
            count: shown.len() as u64,
            total,
            rest: rows.len() as u64,
            last: last.map(|row| Position {
                created: row.created,
                id: row.id.clone(),
            }),
            body: format!("[{}]", shown.join(",")),
        }
    }
}

impl State {
    fn find(&self, table: &'static Table, tenant: &str, id: &str) -> Option<Stored> {
        let key = (tenant.to_owned(), table.id_kind.key(id));
        self.tables.get(table.name)?.get(&key).map(stored)
    }
}

/// Decides in a transaction of an empty store, which is gone afterwards; its clock begins at
/// `now`.
pub(crate) fn apart<T>(now: Instant, decide: impl FnOnce(&mut dyn Transaction) -> T) -> T {
    let mut state = State {
        instant: now.micros() - 1,
        ..State::default()
    };
    decide(&mut Write {
        state: &mut state,
        wall: || Instant::from_micros(i64::MIN),
    })
}

struct Write<'a> {
    state: &'a mut State,
    wall: fn() -> Instant,
}

impl Transaction for Write<'_> {
    fn now(&mut self) -> Instant {
        self.state.instant = (self.wall)().micros().max(self.state.instant + 1);
        Instant::from_micros(self.state.instant)
    }

    fn number(&mut self) -> u64 {
        self.state.number += 1;
        self.state.number
    }

    fn advance_past(&mut self, number: u64) {
        self.state.number = self.state.number.max(number);
    }

    fn seed(&self) -> u32 {
        0
    }

    fn find(
        &mut self,
        table: &'static Table,
        tenant: &str,
        id: &str,
    ) -> Result<Option<Stored>, Error> {
        Ok(self.state.find(table, tenant, id))
    }

    fn children(
        &mut self,
        table: &'static Table,
        tenant: &str,
        parent: &str,
    ) -> Result<Vec<Stored>, Error> {
        let all = self.state.tables.get(table.name).into_iter().flatten();
        let mut rows: Vec<&Row> = all
            .map(|(_, row)| row)
            .filter(|row| row.tenant == tenant && row.parent.as_deref() == Some(parent))
            .collect();
        rows.sort_by_key(|row| (row.created, table.id_kind.key(&row.id)));
        Ok(rows.into_iter().map(stored).collect())
    }

    fn referencing(
        &mut self,
        table: &'static Table,
        tenant: &str,
        column: usize,
        text: &str,
    ) -> Result<Vec<Stored>, Error> {
        let element = format!("{SEPARATOR}{text}{SEPARATOR}");
        let has = |row: &&Row| {
            row.tenant == tenant
                && matches!(&row.cells[column], ColumnValue::Text(list) if list.contains(&element))
        };
        let all = self.state.tables.get(table.name).into_iter().flatten();
        let mut rows: Vec<&Row> = all.map(|(_, row)| row).filter(has).collect();
        rows.sort_by_key(|row| (row.created, table.id_kind.key(&row.id)));
        Ok(rows.into_iter().map(stored).collect())
    }

    fn find_conflict(
        &mut self,
        table: &'static Table,
        unique: &Unique,
        row: &Row,
    ) -> Result<Option<String>, Error> {
        let value = |row: &Row, at: usize| row.cells[at].compared(table.columns[at].kind);
        let same = |other: &&Row| {
            let near =
                other.tenant == row.tenant && (!unique.in_parent || other.parent == row.parent);
            let equal = |at: &usize| {
                value(row, *at) != ColumnValue::Null && value(row, *at) == value(other, *at)
            };
            near && other.id != row.id && unique.columns.iter().all(equal)
        };
        let mut all = self
            .state
            .tables
            .get(table.name)
            .into_iter()
            .flat_map(BTreeMap::values);
        Ok(all.find(same).map(|row| row.id.clone()))
    }

    fn upsert(&mut self, table: &'static Table, row: &Row) -> Result<(), Error> {
        let key = (row.tenant.clone(), table.id_kind.key(&row.id));
        self.state
            .tables
            .entry(table.name)
            .or_default()
            .insert(key, row.clone());
        Ok(())
    }

    fn ledger(&mut self) -> &mut dyn machine::Ledger {
        &mut self.state.deliveries
    }

    fn remove(&mut self, table: &'static Table, tenant: &str, id: &str) -> Result<(), Error> {
        let key = (tenant.to_owned(), table.id_kind.key(id));
        self.state
            .tables
            .entry(table.name)
            .or_default()
            .remove(&key);
        Ok(())
    }
}

fn stored(row: &Row) -> Stored {
    Stored {
        id: row.id.clone(),
        parent: row.parent.clone(),
        version: row.version,
        created: row.created,
        updated: row.updated,
        body: row.body.clone(),
        privileged: row.privileged.clone(),
        secrets: row.secrets.clone(),
        unfit: false,
    }
}

/// Whether all conditions hold; `null` never equals anything.
fn holds(select: &Select, row: &Row) -> bool {
    let term = |term: &Term| {
        let own = own(select, row, term.field, term.folded);
        let asked = asked(select, &term.value, term.field, term.folded);
        own != ColumnValue::Null
            && match term.compare {
                Compare::Equal => own == asked,
                Compare::Greater => own > asked,
                Compare::Least => own >= asked,
                Compare::Less => own < asked,
                Compare::Most => own <= asked,
            }
    };
    select.conditions.iter().all(|condition| match condition {
        Condition::Any(terms) => terms.iter().any(term),
        Condition::Each {
            fields,
            folded,
            texts,
        } => texts.iter().all(|text| {
            let text = ColumnValue::Text(text.clone());
            fields.iter().any(|field| {
                let own = own(select, row, *field, *folded);
                match (own, asked(select, &text, *field, *folded)) {
                    (ColumnValue::Text(own), ColumnValue::Text(asked)) => own.contains(&asked),
                    _ => false,
                }
            })
        }),
    })
}

/// The value by which a row's field is compared.
fn own(select: &Select, row: &Row, field: Attribute, folded: bool) -> ColumnValue {
    match field {
        Attribute::Id => ColumnValue::Text(select.table.id_kind.key(&row.id)),
        Attribute::Created => ColumnValue::Number(row.created.micros()),
        Attribute::Updated => ColumnValue::Number(row.updated.micros()),
        Attribute::Column(at) => compared(select, &row.cells[at], at, folded),
    }
}

/// A value converted to the form in which a field is compared.
fn asked(select: &Select, value: &ColumnValue, field: Attribute, folded: bool) -> ColumnValue {
    match (field, value) {
        (Attribute::Id, ColumnValue::Text(id)) => ColumnValue::Text(select.table.id_kind.key(id)),
        (Attribute::Column(at), value) => compared(select, value, at, folded),
        (_, value) => value.clone(),
    }
}

fn compared(select: &Select, cell: &ColumnValue, at: usize, folded: bool) -> ColumnValue {
    match (select.table.columns[at].kind, folded) {
        (ColumnKind::Text, true) => cell.folded(),
        (kind, _) => cell.compared(kind),
    }
}

/// Ascending, `null` last, texts by their folded form first, ties by identifier.
fn compare(select: &Select, one: &Row, other: &Row) -> Ordering {
    let by_field = match select.order {
        Attribute::Id => Ordering::Equal,
        Attribute::Created => one.created.cmp(&other.created),
        Attribute::Updated => one.updated.cmp(&other.updated),
        Attribute::Column(at) => {
            let kind = select.table.columns[at].kind;
            let key = |row: &Row| {
                let own = row.cells[at].compared(kind);
                let first = if kind == ColumnKind::Text {
                    own.folded()
                } else {
                    ColumnValue::Null
                };
                (own == ColumnValue::Null, first, own)
            };
            key(one).cmp(&key(other))
        }
    };
    let key = |row: &Row| select.table.id_kind.key(&row.id);
    by_field.then_with(|| key(one).cmp(&key(other)))
}
