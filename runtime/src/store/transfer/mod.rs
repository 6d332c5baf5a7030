//! Moves everything between a folder and a database: objects with their identifiers, versions and
//! times, tokens, and what watches have still to be told. Secrets stay sealed as they are.

mod part;

use std::collections::BTreeSet;
use std::path::Path;

pub(super) use self::part::Part;
use self::part::parts;
use super::postgres::Database;
use super::sqlite::Folder;
use super::{ColumnValue, Error};
use crate::table::Table;

/// How many rows are read at a time; one can have some megabytes.
pub(super) const SLICE: usize = 100;

/// A row of a part, in the order of its columns.
pub(super) type Record = Vec<ColumnValue>;

/// From where the numbers and instants of a store go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) instant: i64,
    pub(super) number: i64,
    /// The number that distinguishes the store from others.
    pub(super) seed: i64,
}

/// An end of a transfer, in a transaction of its own.
pub(super) trait End {
    /// The names of the keys that seal there.
    fn keys(&mut self) -> Result<Vec<String>, Error>;

    /// Notes the names of keys beside those that are noted.
    fn note(&mut self, keys: &[String]) -> Result<(), Error>;

    /// Tables with objects that are none of these parts: of an API that the program lacks.
    fn others(&mut self, parts: &[Part]) -> Result<Vec<String>, Error>;

    fn clock(&mut self) -> Result<Clock, Error>;

    /// Shows all rows of a part, some at a time.
    fn read(
        &mut self,
        part: &Part,
        each: &mut dyn FnMut(Vec<Record>) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Whether a part has no row.
    fn is_empty(&mut self, part: &Part) -> Result<bool, Error>;

    fn write(&mut self, part: &Part, rows: Vec<Record>) -> Result<(), Error>;

    /// Sets the clock, of each of these tenants where tenants have their own, and commits.
    fn finish(self: Box<Self>, clock: Clock, tenants: &BTreeSet<String>) -> Result<(), Error>;
}

/// What was moved.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// The number of objects of the APIs.
    pub(crate) objects: u64,
    /// The number of tokens.
    pub(crate) tokens: u64,
    /// Tables with objects that stay behind, because the program has no API with them.
    pub(crate) left: Vec<String>,
}

/// Copies everything of `tables` from a data folder to a database. Both have been opened by this
/// version with the same keys, and no server runs on either.
///
/// # Errors
/// There is something in the database, or one of them cannot be used; then nothing is there
/// afterwards that was not there before.
pub(crate) fn to_database(
    folder: &Path,
    url: &str,
    tables: &[&'static Table],
) -> Result<Moved, Error> {
    let (from, to) = (Folder::open(folder)?, Database::open(url)?);
    transfer(Box::new(from), Box::new(to), tables)
}

/// Copies everything of `tables` from a database to a data folder, as [`to_database`] does.
///
/// # Errors
/// As for [`to_database`].
pub(crate) fn to_folder(
    url: &str,
    folder: &Path,
    tables: &[&'static Table],
) -> Result<Moved, Error> {
    let (from, to) = (Database::open(url)?, Folder::open(folder)?);
    transfer(Box::new(from), Box::new(to), tables)
}

fn transfer(
    mut from: Box<dyn End>,
    mut to: Box<dyn End>,
    tables: &[&'static Table],
) -> Result<Moved, Error> {
    let parts = parts(tables);
    for part in &parts {
        if !to.is_empty(part)? {
            let why = format!("there are rows in its `{}`; name an empty one", part.name);
            return Err(Error::new("move to the database", why));
        }
    }
    to.note(&from.keys()?)?;
    let (mut moved, mut tenants) = (Moved::default(), BTreeSet::new());
    moved.left = from.others(&parts)?;
    for part in &parts {
        let is_object = tables.iter().any(|table| table.name == part.name);
        from.read(part, &mut |rows| {
            let count = rows.len() as u64;
            moved.objects += if is_object { count } else { 0 };
            moved.tokens += if part.is_of_tokens() { count } else { 0 };
            tenants.extend(rows.iter().filter_map(|row| part.tenant(row)));
            to.write(part, rows)
        })?;
    }
    let clock = from.clock()?;
    to.finish(clock, &tenants)?;
    Ok(moved)
}
