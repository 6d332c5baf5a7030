//! A database in a folder within the transaction of a migration.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, Row, params_from_iter};

use crate::store::migrate::{Cells, Notes, Port, failed};
use crate::store::sqlite::clock::Clock;
use crate::store::sqlite::row;
use crate::store::sqlite::schema::WORDS;
use crate::store::tables::Words;
use crate::store::{ColumnValue, Error};
use crate::value::Instant;

static NOTES: Notes = Notes {
    number: "SELECT coalesce(max(number), 0) FROM schemas",
    of_table: "SELECT number, shape, version FROM schemas WHERE name = ?1 ORDER BY number",
    put: "INSERT INTO schemas VALUES(?1, ?2, ?3, ?4, ?5)",
};

/// A transaction that nobody writes beside.
pub(super) struct Within<'a> {
    pub(super) connection: &'a Connection,
    pub(super) clock: Clock,
}

impl<'a> Within<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Self, Error> {
        let clock = Clock::read(connection, Instant::now).map_err(failed)?;
        Ok(Self { connection, clock })
    }

    fn pairs(&self, sql: &str, table: &str) -> Result<Vec<(String, String)>, Error> {
        let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let query = self.connection.prepare_cached(sql);
        let found = query.and_then(|mut query| query.query_map([table], pair)?.collect());
        found.map_err(failed)
    }
}

impl Port for Within<'_> {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn notes(&self) -> &'static Notes {
        &NOTES
    }

    // The transaction began by it.
    fn claim(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn is_there(&mut self, table: &str) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1";
        let query = self.connection.prepare_cached(sql);
        let there = query.and_then(|mut query| query.exists([table]));
        there.map_err(failed)
    }

    fn columns(&mut self, table: &str) -> Result<Vec<(String, String)>, Error> {
        self.pairs("SELECT name, type FROM pragma_table_info(?1)", table)
    }

    fn indexes(&mut self, table: &str) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT name, sql FROM sqlite_master
            WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL";
        self.pairs(sql, table)
    }

    fn lines(&mut self, table: &str) -> Result<Option<String>, Error> {
        if !self.is_there("shapes")? {
            return Ok(None);
        }
        let noted = "SELECT shape FROM shapes WHERE name = ?1";
        let noted = self
            .connection
            .query_row(noted, [table], |row| row.get::<_, String>(0));
        noted.optional().map_err(failed)
    }

    fn number(&mut self, _: &str) -> Result<u64, Error> {
        Ok(self.clock.number())
    }

    fn query(&mut self, sql: &str, values: &[ColumnValue]) -> Result<Vec<Cells>, Error> {
        let query = self.connection.prepare_cached(sql);
        let rows = query.and_then(|mut query| {
            let width = query.column_count();
            let rows = query.query_map(bound(values.to_vec()), |row| cells(row, width))?;
            rows.collect()
        });
        rows.map_err(failed)
    }

    fn execute(&mut self, sql: &str, values: Vec<ColumnValue>) -> Result<(), Error> {
        let query = self.connection.prepare_cached(sql);
        let done = query.and_then(|mut query| query.execute(bound(values)));
        done.map(drop).map_err(failed)
    }
}

fn bound(values: Vec<ColumnValue>) -> impl Params {
    params_from_iter(values.into_iter().map(row::value))
}

fn cells(row: &Row<'_>, width: usize) -> rusqlite::Result<Cells> {
    let cell = |at| match row.get_ref(at)? {
        ValueRef::Null => Ok(ColumnValue::Null),
        ValueRef::Integer(number) => Ok(ColumnValue::Number(number)),
        // Others are in no table of ours.
        _ => row.get(at).map(ColumnValue::Text),
    };
    let values: rusqlite::Result<Vec<_>> = (0..width).map(cell).collect();
    Ok(Cells(values?.into_iter()))
}
