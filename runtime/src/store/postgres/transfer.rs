//! A transfer from or to PostgreSQL.

use std::collections::BTreeSet;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::clock::make as make_clock;
use super::connection::Place;
use super::settings;
use super::statement::{Statement, run_all, values};
use crate::store::transfer::{Clock, End, Part, Record, SLICE};
use crate::store::{ColumnValue, Error};
use crate::table::GLOBAL;

/// Begins the transaction, which may take long.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = 0; \
    SET LOCAL idle_in_transaction_session_timeout = 0";

/// A database, within a transaction that sees one state of it.
pub(in crate::store) struct Database {
    threads: Runtime,
    client: Client,
}

impl Database {
    pub(in crate::store) fn open(url: &str) -> Result<Self, Error> {
        let place = Place::parse(url)?;
        let threads = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        let threads = threads.map_err(|why| Error::new("start a thread", why))?;
        let client = threads.block_on(async {
            let client = place.connect().await?;
            client.batch_execute(BEGIN).await?;
            Ok(client)
        });
        let client = client.map_err(failed)?;
        Ok(Self { threads, client })
    }

    /// Whether a table has no row.
    fn is_without(&self, table: &str) -> Result<bool, Error> {
        let sql = format!("SELECT tenant FROM \"{table}\" LIMIT $1");
        let rows = self.run(&[Statement::new(sql, values([&1_i64]))])?;
        Ok(rows.is_empty())
    }

    fn run(&self, statements: &[Statement]) -> Result<Vec<tokio_postgres::Row>, Error> {
        let done = self.threads.block_on(run_all(&self.client, statements));
        done.map_err(failed)
    }
}

fn failed(why: tokio_postgres::Error) -> Error {
    Error::new("move the data of a database", why)
}

fn record(row: &tokio_postgres::Row) -> Result<Record, tokio_postgres::Error> {
    let value = |at: usize| match *row.columns()[at].type_() {
        Type::INT8 => Ok(row.try_get::<_, Option<i64>>(at)?.map(ColumnValue::Number)),
        _ => Ok(row.try_get::<_, Option<String>>(at)?.map(ColumnValue::Text)),
    };
    let values = (0..row.len()).map(|at| Ok(value(at)?.unwrap_or(ColumnValue::Null)));
    values.collect()
}

impl End for Database {
    fn keys(&mut self) -> Result<Vec<String>, Error> {
        let rows = self.run(&[Statement::new(settings::READ, values([&GLOBAL]))])?;
        let mut seals = String::new();
        for row in &rows {
            if row.try_get::<_, &str>(0).map_err(failed)? == settings::SEALS {
                seals = row.try_get(1).map_err(failed)?;
            }
        }
        Ok(seals.lines().map(str::to_owned).collect())
    }

    fn note(&mut self, keys: &[String]) -> Result<(), Error> {
        let mut all = self.keys()?;
        all.extend(
            keys.iter()
                .filter(|key| !all.contains(key))
                .cloned()
                .collect::<Vec<_>>(),
        );
        self.run(&[settings::put(settings::SEALS, &all.join("\n"))])
            .map(drop)
    }

    fn others(&mut self, parts: &[Part]) -> Result<Vec<String>, Error> {
        let sql = "SELECT CAST(table_name AS TEXT) FROM information_schema.columns \
            WHERE table_schema = current_schema() AND column_name = $1 ORDER BY 1";
        let rows = self.run(&[Statement::new(sql, values([&"body"]))])?;
        let names: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get(0)).collect();
        let mut others = Vec::new();
        for name in names.map_err(failed)? {
            if parts.iter().all(|part| part.name != name) && !self.is_without(&name)? {
                others.push(name);
            }
        }
        Ok(others)
    }

    fn clock(&mut self) -> Result<Clock, Error> {
        // Numbers that tenants have taken and not used are passed over.
        let sql = "SELECT (SELECT coalesce(max(instant), 0) FROM clocks), next, seed \
            FROM numbers WHERE tenant = $1";
        let rows = self.run(&[Statement::new(sql, values([&GLOBAL]))])?;
        let row = rows.first();
        let row = row.ok_or_else(|| Error::new("read the clock", "it is gone"))?;
        let number = |at: usize| row.try_get(at).map_err(failed);
        Ok(Clock {
            instant: number(0)?,
            number: number(1)?,
            seed: number(2)?,
        })
    }

    fn read(
        &mut self,
        part: &Part,
        each: &mut dyn FnMut(Vec<Record>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let open = format!("DECLARE moved NO SCROLL CURSOR FOR {}", select(part));
        let fetch = format!("FETCH {SLICE} FROM moved");
        let batch = |sql: &str| self.threads.block_on(self.client.batch_execute(sql));
        batch(&open).map_err(failed)?;
        loop {
            let rows = self.threads.block_on(self.client.query_typed(&fetch, &[]));
            let rows: Result<Vec<Record>, _> = rows.map_err(failed)?.iter().map(record).collect();
            let rows = rows.map_err(failed)?;
            let last = rows.len() < SLICE;
            each(rows)?;
            if last {
                return batch("CLOSE moved").map_err(failed);
            }
        }
    }

    fn is_empty(&mut self, part: &Part) -> Result<bool, Error> {
        self.is_without(part.name)
    }

    fn write(&mut self, part: &Part, rows: Vec<Record>) -> Result<(), Error> {
        let sql = insert(part);
        let insert = |row| Statement::new(sql.clone(), row);
        let statements: Vec<Statement> = rows.into_iter().map(insert).collect();
        self.run(&statements).map(drop)
    }

    fn finish(self: Box<Self>, clock: Clock, tenants: &BTreeSet<String>) -> Result<(), Error> {
        // What was once there took numbers, which are not given again.
        let numbers = "UPDATE numbers SET next = greatest(next, $2), seed = $3 WHERE tenant = $1";
        let of = values([&GLOBAL, &clock.number, &clock.seed]);
        let mut statements = vec![Statement::new(numbers, of)];
        statements.push(Statement::plain("UPDATE clocks SET number = 0, bound = 0"));
        for tenant in tenants {
            let set = "UPDATE clocks SET instant = greatest(instant, $2) WHERE tenant = $1";
            statements.push(make_clock(tenant));
            statements.push(Statement::new(set, values([tenant, &clock.instant])));
        }
        statements.push(Statement::plain("COMMIT"));
        self.run(&statements).map(drop)
    }
}

/// The statement that reads all rows from PostgreSQL.
fn select(part: &Part) -> String {
    let names: Vec<String> = part
        .columns
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    format!("SELECT {} FROM \"{}\"", names.join(", "), part.name)
}

/// The statement that writes a row to PostgreSQL.
fn insert(part: &Part) -> String {
    let mut names: Vec<String> = part
        .columns
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    let mut marks: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
    if part.is_global {
        names.push("tenant".to_owned());
        marks.push(format!("'{GLOBAL}'"));
    }
    let (names, marks) = (names.join(", "), marks.join(", "));
    format!("INSERT INTO \"{}\"({names}) VALUES({marks})", part.name)
}
