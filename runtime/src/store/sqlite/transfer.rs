//! A transfer from or to SQLite.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::open;
use crate::store::transfer::{Clock, End, Part, Record, SLICE};
use crate::store::{ColumnValue, Error};

/// The database in a folder, within a transaction.
pub(in crate::store) struct Folder(Connection);

impl Folder {
    pub(in crate::store) fn open(folder: &Path) -> Result<Self, Error> {
        let connection = open(folder, false)?;
        let begun = connection.execute_batch("BEGIN");
        begun.map_err(failed)?;
        Ok(Self(connection))
    }
}

fn failed(why: rusqlite::Error) -> Error {
    Error::new("move the data of a folder", why)
}

fn value(value: ValueRef<'_>) -> ColumnValue {
    match value {
        ValueRef::Integer(number) => ColumnValue::Number(number),
        ValueRef::Text(text) => ColumnValue::Text(String::from_utf8_lossy(text).into_owned()),
        // No column that is moved holds fractions; hashes are read in hexadecimal digits.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => ColumnValue::Null,
    }
}

impl End for Folder {
    fn keys(&mut self) -> Result<Vec<String>, Error> {
        let mut query = self
            .0
            .prepare("SELECT key FROM seals ORDER BY key")
            .map_err(failed)?;
        let keys = query.query_map([], |row| row.get(0)).map_err(failed)?;
        keys.collect::<Result<_, _>>().map_err(failed)
    }

    fn note(&mut self, keys: &[String]) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO seals VALUES(?1)";
        let mut insert = self.0.prepare(sql).map_err(failed)?;
        keys.iter()
            .try_for_each(|key| insert.execute([key]).map(drop))
            .map_err(failed)
    }

    fn others(&mut self, parts: &[Part]) -> Result<Vec<String>, Error> {
        let sql = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND c.name = 'body' ORDER BY 1";
        let mut query = self.0.prepare(sql).map_err(failed)?;
        let names = query.query_map([], |row| row.get(0)).map_err(failed)?;
        let names: Vec<String> = names.collect::<Result<_, _>>().map_err(failed)?;
        let mut others = Vec::new();
        for name in names
            .into_iter()
            .filter(|name| parts.iter().all(|part| part.name != name))
        {
            let sql = format!("SELECT 1 FROM \"{name}\" LIMIT 1");
            let there = self.0.prepare(&sql).and_then(|mut query| query.exists([]));
            others.extend(there.map_err(failed)?.then_some(name));
        }
        Ok(others)
    }

    fn clock(&mut self) -> Result<Clock, Error> {
        let sql = "SELECT instant, number, seed FROM clock";
        let read = self.0.query_row(sql, [], |row| {
            Ok(Clock {
                instant: row.get(0)?,
                number: row.get(1)?,
                seed: row.get(2)?,
            })
        });
        read.map_err(failed)
    }

    fn read(
        &mut self,
        part: &Part,
        each: &mut dyn FnMut(Vec<Record>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut query = self.0.prepare(&select(part)).map_err(failed)?;
        let count = query.column_count();
        let mut rows = query.query([]).map_err(failed)?;
        let mut some = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let record = (0..count).map(|at| row.get_ref(at).map(value));
            some.push(record.collect::<Result<Record, _>>().map_err(failed)?);
            if some.len() == SLICE {
                each(std::mem::take(&mut some))?;
            }
        }
        each(some)
    }

    fn is_empty(&mut self, part: &Part) -> Result<bool, Error> {
        let sql = format!("SELECT 1 FROM \"{}\" LIMIT 1", part.name);
        let there = self.0.prepare(&sql).and_then(|mut query| query.exists([]));
        Ok(!there.map_err(failed)?)
    }

    fn write(&mut self, part: &Part, rows: Vec<Record>) -> Result<(), Error> {
        let sql = insert(part);
        let mut insert = self.0.prepare_cached(&sql).map_err(failed)?;
        for row in rows {
            let row = row.into_iter().map(|value| match value {
                ColumnValue::Null => Value::Null,
                ColumnValue::Number(number) => Value::Integer(number),
                ColumnValue::Text(text) => Value::Text(text),
            });
            insert.execute(params_from_iter(row)).map_err(failed)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, clock: Clock, _: &BTreeSet<String>) -> Result<(), Error> {
        let sql = "UPDATE clock SET instant = ?1, number = ?2, seed = ?3";
        let set = self
            .0
            .execute(sql, (clock.instant, clock.number, clock.seed));
        set.and_then(|_| self.0.execute_batch("COMMIT"))
            .map_err(failed)
    }
}

/// The statement that reads all rows from SQLite.
fn select(part: &Part) -> String {
    let name = |name: &String| match (part.is_of_tokens(), name.as_str()) {
        (true, "hash") => "lower(hex(hash))".to_owned(),
        (true, "grantee") => "tenant".to_owned(),
        (true, "owner") => "\"user\"".to_owned(),
        (_, name) => format!("\"{name}\""),
    };
    let names: Vec<String> = part.columns.iter().map(name).collect();
    format!("SELECT {} FROM \"{}\"", names.join(", "), part.name)
}

/// The statement that writes a row to SQLite.
fn insert(part: &Part) -> String {
    let name = |name: &String| match (part.is_of_tokens(), name.as_str()) {
        (true, "grantee") => "tenant".to_owned(),
        (true, "owner") => "\"user\"".to_owned(),
        (_, name) => format!("\"{name}\""),
    };
    let names: Vec<String> = part.columns.iter().map(name).collect();
    let mark = |(at, name): (usize, &String)| match part.is_of_tokens() && name == "hash" {
        true => format!("unhex(?{})", at + 1),
        false => format!("?{}", at + 1),
    };
    let marks: Vec<String> = part.columns.iter().enumerate().map(mark).collect();
    let (names, marks) = (names.join(", "), marks.join(", "));
    format!("INSERT INTO \"{}\"({names}) VALUES({marks})", part.name)
}
