//! A database that servers share, within the transaction of a migration.

mod looks;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

pub(super) use self::looks::{COLUMNS, INDEXES, IS_THERE};
use super::clock::{self, Clock};
use super::link::Link;
use super::schema::WORDS;
use super::settings::{self, SCHEMA};
use super::statement::{Statement, values};
use crate::store::migrate::{Cells, Notes, Port, failed};
use crate::store::tables::Words;
use crate::store::{ColumnValue, Error};
use crate::value::Instant;

/// How many statements are sent at once.
const AT_ONCE: usize = 200;

pub(super) static NOTES: Notes = Notes {
    number: "SELECT coalesce(max(number), 0) FROM schemas WHERE tenant = ''",
    of_table: "SELECT number, shape, version FROM schemas WHERE tenant = '' AND name = $1 \
        ORDER BY number",
    put: "INSERT INTO schemas(tenant, number, name, shape, version, made) \
        VALUES('', $1, $2, $3, $4, $5)",
};

/// Keeps the writes of all tenants away.
pub(super) const HOLD: &str = "SELECT tenant FROM clocks ORDER BY tenant FOR UPDATE";

/// Tells the writes of all tenants which migration changed the tables last: each reads it with its
/// clock, and refuses if its process was started before.
pub(super) const TELL: &str = "UPDATE clocks SET schema = $1";

/// The transaction of a migration.
pub(super) struct Within<'a> {
    link: &'a Link<'a>,
    /// The settings before it; another migration may have changed them, unless this one waited.
    noted: BTreeMap<String, String>,
    /// Statements that are not sent.
    waiting: Vec<Statement>,
    /// The clocks of tenants whose objects have new versions.
    clocks: BTreeMap<String, Clock>,
}

impl<'a> Within<'a> {
    pub(super) fn new(link: &'a Link<'a>, noted: BTreeMap<String, String>) -> Self {
        Self {
            link,
            noted,
            waiting: Vec::new(),
            clocks: BTreeMap::new(),
        }
    }

    /// Sends what waits, moves the clocks, and tells writers the number of a migration that
    /// `changed` tables. Returns the number of the last one that did.
    ///
    /// # Errors
    /// A statement failed.
    pub(super) fn finish(mut self, changed: Option<i64>) -> Result<i64, Error> {
        let clocks = self.clocks.iter();
        let moves = clocks.filter_map(|(tenant, clock)| clock.statement(tenant));
        self.waiting.extend(moves);
        if let Some(number) = changed {
            self.waiting
                .push(settings::put(SCHEMA, &number.to_string()));
            self.waiting.push(Statement::new(TELL, values([&number])));
        }
        self.send()?;
        Ok(changed.unwrap_or_else(|| settings::schema(&self.noted)))
    }

    fn send(&mut self) -> Result<Vec<Row>, Error> {
        let all = std::mem::take(&mut self.waiting);
        self.link.run("migrate the database", &all)
    }

    /// Sends what waits and then a statement that reads.
    fn read(&mut self, statement: Statement) -> Result<Vec<Row>, Error> {
        self.waiting.push(statement);
        self.send()
    }

    fn of_table(&mut self, sql: &'static str, table: &str) -> Result<Vec<Row>, Error> {
        self.read(Statement::new(sql, values([&table])))
    }

    /// The clock of a tenant, whose row is locked.
    fn clock(&mut self, tenant: &str) -> Result<Clock, Error> {
        let lock = || Statement::new(clock::LOCK, values([&tenant]));
        let mut rows = self.read(lock())?;
        if rows.is_empty() {
            self.waiting.push(clock::make(tenant));
            rows = self.read(lock())?;
        }
        let row = rows.first().ok_or_else(|| failed("a clock is gone"))?;
        Clock::read(row, Instant::now).map_err(failed)
    }
}

impl Port for Within<'_> {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn notes(&self) -> &'static Notes {
        &NOTES
    }

    // Nobody makes a clock without the settings, and nobody writes without a clock.
    fn claim(&mut self) -> Result<(), Error> {
        self.waiting.push(settings::lock());
        self.read(Statement::new(HOLD, Vec::new()))?;
        self.noted = settings::read(self.link)?;
        Ok(())
    }

    fn is_there(&mut self, table: &str) -> Result<bool, Error> {
        Ok(!self.of_table(IS_THERE, table)?.is_empty())
    }

    fn columns(&mut self, table: &str) -> Result<Vec<(String, String)>, Error> {
        let rows = self.of_table(COLUMNS, table)?;
        let found: Result<_, _> = rows.iter().map(looks::column).collect();
        found.map_err(sql)
    }

    fn indexes(&mut self, table: &str) -> Result<Vec<(String, String)>, Error> {
        let rows = self.of_table(INDEXES, table)?;
        let found: Result<_, _> = rows.iter().map(|row| looks::index(row, table)).collect();
        found.map_err(sql)
    }

    fn lines(&mut self, table: &str) -> Result<Option<String>, Error> {
        Ok(self.noted.get(&settings::of_table(table)).cloned())
    }

    fn number(&mut self, tenant: &str) -> Result<u64, Error> {
        if !self.clocks.contains_key(tenant) {
            let clock = self.clock(tenant)?;
            self.clocks.insert(tenant.to_owned(), clock);
        }
        loop {
            let Entry::Occupied(mut clock) = self.clocks.entry(tenant.to_owned()) else {
                return Err(failed("a clock is gone"));
            };
            if let Some(number) = clock.get_mut().number() {
                return Ok(number);
            }
            let taken = self.read(Clock::take(0))?;
            let bound = taken
                .first()
                .ok_or_else(|| failed("there are no numbers"))?;
            let bound: i64 = bound.try_get(0).map_err(sql)?;
            if let Some(clock) = self.clocks.get_mut(tenant) {
                clock.begin(bound.unsigned_abs(), true);
            }
        }
    }

    fn query(&mut self, sql: &str, values: &[ColumnValue]) -> Result<Vec<Cells>, Error> {
        let rows = self.read(Statement::new(sql.to_owned(), values.to_vec()))?;
        rows.iter()
            .map(cells)
            .collect::<Result<_, _>>()
            .map_err(failed)
    }

    fn execute(&mut self, sql: &str, values: Vec<ColumnValue>) -> Result<(), Error> {
        self.waiting.push(Statement::new(sql.to_owned(), values));
        match self.waiting.len() {
            AT_ONCE => self.send().map(drop),
            _ => Ok(()),
        }
    }
}

fn cells(row: &Row) -> Result<Cells, tokio_postgres::Error> {
    let cell = |(at, column): (usize, &tokio_postgres::Column)| {
        Ok(match *column.type_() {
            Type::INT8 => {
                let number: Option<i64> = row.try_get(at)?;
                number.map_or(ColumnValue::Null, ColumnValue::Number)
            }
            // Others are in no table of ours.
            _ => {
                let text: Option<String> = row.try_get(at)?;
                text.map_or(ColumnValue::Null, ColumnValue::Text)
            }
        })
    };
    let values: Result<Vec<_>, _> = row.columns().iter().enumerate().map(cell).collect();
    Ok(Cells(values?.into_iter()))
}

fn sql(why: tokio_postgres::Error) -> Error {
    failed(why)
}
