//! The tables of the store itself: whose database it is, and what of it is missing.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::error::SqlState;

use super::keys;
use super::link::Link;
use super::schema;
use super::settings::{self, LAYOUT, SCHEMA, SEALS};
use super::statement::{Statement, values};
use crate::store::Error;
use crate::table::GLOBAL;

/// The version of the tables of the store itself, and of the columns that every table has.
const VERSION: &str = "2";

/// Makes a database of layout 1 one of this layout. Clocks have another name since, so that
/// servers of that layout that still run fail in place of writing what they know.
pub(super) const RAISE: [&str; 2] = [
    "ALTER TABLE clock RENAME TO clocks",
    "ALTER TABLE clocks ADD COLUMN schema BIGINT NOT NULL DEFAULT 0",
];

const WHAT: &str = "make the tables";

/// How long a migration waits for a table that something else reads, while all who write wait.
const IMPATIENT: &str = "SET LOCAL lock_timeout = 10000";

/// Makes what is missing of the tables of the store itself, within a transaction, and notes the
/// first of the keys with these names. Returns all settings. An earlier layout is raised if that
/// `may` be; otherwise it stays as it is if nothing but tokens is `wanted`.
///
/// # Errors
/// The database cannot be used, or belongs to another program, another layout or other keys.
pub(super) fn make(
    link: &Link<'_>,
    names: &[&str],
    (may, wanted): (bool, bool),
) -> Result<BTreeMap<String, String>, Error> {
    let found = there(link)?;
    if !found.contains("settings") {
        refuse_foreign(&found)?;
    } else if layout(link)?.as_deref() == Some("1") {
        match (may, wanted) {
            (true, _) => raise(link)?,
            (false, false) => return settings::read(link),
            (false, true) => return Err(earlier()),
        }
    }
    let found = there(link)?;
    let parts = schema::parts();
    let missing = parts.iter().filter(|part| !found.contains(&part.name));
    for part in missing {
        link.run(WHAT, &[Statement::new(part.make.clone(), Vec::new())])?;
    }
    if wanted {
        // Another start, which may migrate, is waited for: what it leaves is read.
        let wait = Statement::plain(IMPATIENT);
        link.run(WHAT, &[settings::lock(), wait])?;
    }
    let noted = settings::read(link)?;
    let mut puts = Vec::new();
    match noted.get(LAYOUT).map(String::as_str) {
        Some(VERSION) => {}
        Some(other) => return Err(later(other)),
        None => puts.push(settings::put(LAYOUT, VERSION)),
    }
    if !noted.contains_key(SCHEMA) {
        puts.push(settings::put(SCHEMA, "0"));
    }
    let seals = noted.get(SEALS).map_or("", String::as_str);
    let seals: Vec<&str> = seals.lines().collect();
    puts.extend(keys::note(&seals, names)?);
    let random = getrandom::u32().unwrap_or_default() % 0x0100_0000;
    let (zero, seed) = (0_i64, i64::from(random));
    let numbers =
        "INSERT INTO numbers(tenant, next, seed) VALUES($1, $2, $3) ON CONFLICT DO NOTHING";
    puts.push(Statement::new(numbers, values([&GLOBAL, &zero, &seed])));
    link.run(WHAT, &puts)?;
    Ok(noted)
}

/// Raises layout 1, unless another process did while this one waited.
fn raise(link: &Link<'_>) -> Result<(), Error> {
    link.run(WHAT, &[settings::lock()])?;
    if layout(link)?.as_deref() == Some("1") {
        let mut all = RAISE.map(Statement::plain).to_vec();
        all.push(settings::put(LAYOUT, VERSION));
        link.run(WHAT, &all)?;
    }
    Ok(())
}

fn layout(link: &Link<'_>) -> Result<Option<String>, Error> {
    Ok(settings::read(link)?.remove(LAYOUT))
}

/// Whether another process made the same at the same time.
pub(super) fn is_beside(why: &Error) -> bool {
    let beside = [
        SqlState::UNIQUE_VIOLATION,
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ];
    let why: Option<&tokio_postgres::Error> = why.cause();
    let code = why.and_then(tokio_postgres::Error::code);
    code.is_some_and(|code| beside.contains(code))
}

/// Whether something else held a table for too long.
pub(super) fn is_held(why: &Error) -> bool {
    let why: Option<&tokio_postgres::Error> = why.cause();
    why.and_then(tokio_postgres::Error::code) == Some(&SqlState::LOCK_NOT_AVAILABLE)
}

/// The names of all tables and indexes of the schema.
fn there(link: &Link<'_>) -> Result<BTreeSet<String>, Error> {
    let sql = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema() \
        UNION ALL SELECT CAST(indexname AS TEXT) FROM pg_indexes WHERE schemaname = current_schema()";
    let rows = link.run(WHAT, &[Statement::new(sql, Vec::new())])?;
    let names = rows.iter().map(|row| row.try_get(0));
    let names: Result<_, _> = names.collect();
    names.map_err(|why| Error::new(WHAT, why))
}

/// Tables of another program are not added to.
fn refuse_foreign(there: &BTreeSet<String>) -> Result<(), Error> {
    if there.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = there.iter().take(5).map(String::as_str).collect();
    let why = format!(
        "it belongs to another program, with {}; name a database of its own",
        names.join(", ")
    );
    Err(Error::new("use the database", why))
}

/// Texts are compared by their bytes, which is their order only in UTF-8.
///
/// # Errors
/// The database has another encoding, or cannot be read.
pub(super) fn refuse_other_encodings(link: &Link<'_>) -> Result<(), Error> {
    let what = "use the database";
    let sql =
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()";
    let rows = link.run(what, &[Statement::new(sql, Vec::new())])?;
    let encoding = rows.first().map_or(Ok(String::new()), |row| row.try_get(0));
    let encoding: String = encoding.map_err(|why| Error::new(what, why))?;
    match encoding.as_str() {
        "UTF8" => Ok(()),
        _ => {
            let why = format!("its encoding is {encoding}; make one with `ENCODING 'UTF8'`");
            Err(Error::new(what, why))
        }
    }
}

fn earlier() -> Error {
    let why = "an earlier version of the server made it (layout 1); start the server, which \
        brings it up to date, or run `migrate` before";
    Error::new("use the database", why)
}

fn later(layout: &str) -> Error {
    let why = format!(
        "a later version of the server made it (layout {layout}, this one knows {VERSION}); start \
         that version"
    );
    Error::new("use the database", why)
}
