//! The operations of a write on PostgreSQL.

use std::cell::RefCell;

use tokio_postgres::Row as Found;

use super::catalog::Catalog;
use super::clock::Clock;
use super::row;
use super::statement::{Statement, values};
use super::wire::Wire;
use crate::store::sql::parent_key;
use crate::store::{Error, Row, SEPARATOR, Stored, Transaction};
use crate::table::{Table, Unique};
use crate::value::Instant;
use crate::watch::machine::Ledger;

/// A write inside a transaction of a writer.
pub(super) struct Write<'a, 'w> {
    /// Reads of a ledger send what waits as well, and change nothing else.
    pub(super) wire: RefCell<&'a mut Wire<'w>>,
    pub(super) catalog: &'a Catalog,
    pub(super) clock: &'a mut Clock,
    pub(super) seed: u32,
    /// Set when the write leaves deliveries to send.
    pub(super) noted: &'a mut bool,
}

impl Write<'_, '_> {
    pub(super) fn read(
        &self,
        what: &'static str,
        statement: Statement,
    ) -> Result<Vec<Found>, Error> {
        self.wire.borrow_mut().read(what, statement)
    }

    /// Takes a block of numbers greater than `number`.
    fn take(&mut self, number: u64) {
        let what = "take numbers";
        let taken = self.wire.get_mut().read_ahead(what, Clock::take(number));
        let taken = taken.and_then(|(rows, lasts)| {
            let row = rows
                .first()
                .ok_or_else(|| Error::new(what, "there are none"));
            let next: Result<i64, _> = row?.try_get(0);
            Ok((next.map_err(|why| Error::new(what, why))?, lasts))
        });
        match taken {
            Ok((bound, lasts)) => self.clock.begin(bound.unsigned_abs(), lasts),
            // Nothing of it is committed.
            Err(why) => self.wire.borrow_mut().fail(why),
        }
    }
}

impl Transaction for Write<'_, '_> {
    fn now(&mut self) -> Instant {
        self.clock.now()
    }

    fn number(&mut self) -> u64 {
        if let Some(number) = self.clock.number() {
            return number;
        }
        self.take(0);
        self.clock.number().unwrap_or_default()
    }

    fn advance_past(&mut self, number: u64) {
        if !self.clock.advance_past(number) {
            self.take(number);
        }
    }

    fn seed(&self) -> u32 {
        self.seed
    }

    fn find(
        &mut self,
        table: &'static Table,
        tenant: &str,
        id: &str,
    ) -> Result<Option<Stored>, Error> {
        let Some(statement) = row::find(self.catalog, table, tenant, id) else {
            return Ok(None);
        };
        let rows = self.read("read an object", statement)?;
        let found = row::opened(self.catalog, table, tenant, &rows)?;
        Ok(found.into_iter().next())
    }

    fn children(
        &mut self,
        table: &'static Table,
        tenant: &str,
        parent: &str,
    ) -> Result<Vec<Stored>, Error> {
        let sql = self.catalog.of(table).children.clone();
        let values = values([&tenant, &parent_key(table, parent)]);
        let rows = self.read("read children", Statement::new(sql, values))?;
        row::opened(self.catalog, table, tenant, &rows)
    }

    fn referencing(
        &mut self,
        table: &'static Table,
        tenant: &str,
        column: usize,
        text: &str,
    ) -> Result<Vec<Stored>, Error> {
        let sql = self.catalog.referencing(table)[column].clone();
        let element = format!("{SEPARATOR}{text}{SEPARATOR}");
        let statement = Statement::new(sql, values([&tenant, &element]));
        let rows = self.read("read objects with a shared one", statement)?;
        row::opened(self.catalog, table, tenant, &rows)
    }

    fn find_conflict(
        &mut self,
        table: &'static Table,
        unique: &Unique,
        row: &Row,
    ) -> Result<Option<String>, Error> {
        let what = "look for an equal object";
        let parent = row.parent.as_ref().map(|one| parent_key(table, one));
        let mut values = values([&row.tenant, &table.id_kind.key(&row.id), &parent]);
        for column in unique.columns {
            values.push(row.cells[*column].compared(table.columns[*column].kind));
        }
        let sql = self.catalog.of(table).conflict(table, unique).to_owned();
        let rows = self.read(what, Statement::new(sql, values))?;
        let id = rows.first().map(|row| row.try_get(0)).transpose();
        id.map_err(|why| Error::new(what, why))
    }

    fn upsert(&mut self, table: &'static Table, row: &Row) -> Result<(), Error> {
        let statement = row::put(self.catalog, table, row)?;
        self.wire.get_mut().write(statement);
        Ok(())
    }

    fn mended(&mut self, table: &'static Table, tenant: &str, id: &str) -> Result<(), Error> {
        let sql = self.catalog.of(table).mended.clone();
        let values = values([&tenant, &table.id_kind.key(id)]);
        self.wire.get_mut().write(Statement::new(sql, values));
        Ok(())
    }

    fn ledger(&mut self) -> &mut dyn Ledger {
        self
    }

    fn remove(&mut self, table: &'static Table, tenant: &str, id: &str) -> Result<(), Error> {
        let sql = self.catalog.of(table).remove.clone();
        let values = values([&tenant, &table.id_kind.key(id)]);
        self.wire.get_mut().write(Statement::new(sql, values));
        Ok(())
    }
}
