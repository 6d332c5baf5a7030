//! The operations of a write on SQLite.

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::clock::Clock;
use super::row::{self, Bound};
use super::statements::{Catalog, STORED};
use crate::store::secret::{self, Sealed};
use crate::store::{Error, Row, SEPARATOR, Stored, Transaction};
use crate::table::{Table, Unique};
use crate::value::Instant;
use crate::watch::machine::Ledger;

/// A write inside a transaction of the writer.
pub(super) struct Write<'a> {
    pub(super) connection: &'a Connection,
    pub(super) catalog: &'a Catalog,
    pub(super) clock: &'a mut Clock,
    /// Set when the write leaves deliveries to send.
    pub(super) noted: &'a mut bool,
}

impl Write<'_> {
    fn open(
        &self,
        table: &'static Table,
        tenant: &str,
        rows: Vec<Stored>,
    ) -> Result<Vec<Stored>, Error> {
        let open = |stored| secret::opened(&self.catalog.sealer, table, tenant, stored);
        rows.into_iter().map(open).collect()
    }
}

impl Transaction for Write<'_> {
    fn now(&mut self) -> Instant {
        self.clock.now()
    }

    fn number(&mut self) -> u64 {
        self.clock.number()
    }

    fn advance_past(&mut self, number: u64) {
        self.clock.advance_past(number);
    }

    fn seed(&self) -> u32 {
        self.clock.seed
    }

    fn find(
        &mut self,
        table: &'static Table,
        tenant: &str,
        id: &str,
    ) -> Result<Option<Stored>, Error> {
        row::find(self.connection, self.catalog, table, tenant, id)
    }

    fn children(
        &mut self,
        table: &'static Table,
        tenant: &str,
        parent: &str,
    ) -> Result<Vec<Stored>, Error> {
        let failed = |why| Error::new("read children", why);
        let sql = &self.catalog.of(table).children;
        let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
        let key = row::parent_key(table, parent);
        let rows = query.query_map((tenant, key), |row| row::stored(table, row));
        let rows: Vec<Stored> = rows.and_then(Iterator::collect).map_err(failed)?;
        self.open(table, tenant, rows)
    }

    fn referencing(
        &mut self,
        table: &'static Table,
        tenant: &str,
        column: usize,
        text: &str,
    ) -> Result<Vec<Stored>, Error> {
        let failed = |why| Error::new("read objects with a shared one", why);
        let sql = format!(
            "SELECT {STORED} FROM \"{}\" WHERE tenant = ?1 AND instr(\"c_{}\", ?2) > 0 ORDER BY created, id",
            table.name, table.columns[column].name
        );
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let element = format!("{SEPARATOR}{text}{SEPARATOR}");
        let rows = query.query_map((tenant, element), |row| row::stored(table, row));
        let rows: Vec<Stored> = rows.and_then(Iterator::collect).map_err(failed)?;
        self.open(table, tenant, rows)
    }

    fn find_conflict(
        &mut self,
        table: &'static Table,
        unique: &Unique,
        row: &Row,
    ) -> Result<Option<String>, Error> {
        let failed = |why| Error::new("look for an equal object", why);
        let all = row::values(table, row, Sealed::default());
        // Each row begins with tenant, identifier and parent.
        let mut values: Vec<rusqlite::types::Value> = all.into_iter().take(3).collect();
        for column in unique.columns {
            let kind = table.columns[*column].kind;
            values.push(row::value(row.cells[*column].compared(kind)));
        }
        let sql = self.catalog.of(table).conflict(table, unique);
        let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
        let bound = params_from_iter(values.iter().map(Bound));
        query
            .query_row(bound, |row| row.get(0))
            .optional()
            .map_err(failed)
    }

    fn upsert(&mut self, table: &'static Table, row: &Row) -> Result<(), Error> {
        let failed = |why| Error::new("store an object", why);
        let sealed = secret::sealed(&self.catalog.sealer, table, row)?;
        let values = row::values(table, row, sealed);
        let mut insert = self
            .connection
            .prepare_cached(&self.catalog.of(table).put)
            .map_err(failed)?;
        insert
            .execute(params_from_iter(values.iter().map(Bound)))
            .map_err(failed)?;
        Ok(())
    }

    fn mended(&mut self, table: &'static Table, tenant: &str, id: &str) -> Result<(), Error> {
        let failed = |why| Error::new("note that an object is legal", why);
        let sql = &self.catalog.of(table).mended;
        let mut update = self.connection.prepare_cached(sql).map_err(failed)?;
        let done = update.execute((tenant, table.id_kind.key(id)));
        done.map(drop).map_err(failed)
    }

    fn ledger(&mut self) -> &mut dyn Ledger {
        self
    }

    fn remove(&mut self, table: &'static Table, tenant: &str, id: &str) -> Result<(), Error> {
        let failed = |why| Error::new("remove an object", why);
        let sql = &self.catalog.of(table).remove;
        let mut delete = self.connection.prepare_cached(sql).map_err(failed)?;
        delete
            .execute((tenant, table.id_kind.key(id)))
            .map_err(failed)?;
        Ok(())
    }
}
