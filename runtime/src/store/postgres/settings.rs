//! Settings of the deployment, which are kept in the database: the version of its own tables, the
//! migration that changed tables last, and the names of the keys that seal in it.

use std::collections::BTreeMap;

use super::link::Link;
use super::statement::{Statement, values};
use crate::store::Error;
use crate::table::GLOBAL;

/// Reads all settings.
pub(super) const READ: &str = "SELECT name, value FROM settings WHERE tenant = $1 ORDER BY name";

/// Stores one.
pub(super) const PUT: &str = "INSERT INTO settings(tenant, name, value) VALUES($1, $2, $3) \
     ON CONFLICT(tenant, name) DO UPDATE SET value = excluded.value";

/// Keeps other starts and migrations away, and clocks of new tenants.
pub(super) const LOCK: &str = "SELECT name FROM settings WHERE tenant = $1 \
     AND name IN ('layout', 'schema') ORDER BY name FOR UPDATE";

/// The setting with the shape of the tables of the store itself.
pub(super) const LAYOUT: &str = "layout";

/// The setting with the number of the last migration that changed tables.
pub(super) const SCHEMA: &str = "schema";

/// The setting with the names of keys, which reveal nothing of the keys.
pub(super) const SEALS: &str = "seals";

/// Reads all settings.
///
/// # Errors
/// They cannot be read.
pub(super) fn read(link: &Link<'_>) -> Result<BTreeMap<String, String>, Error> {
    let what = "read the settings";
    let rows = link.run(what, &[Statement::new(READ, values([&GLOBAL]))])?;
    let pair = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    let pairs: Result<_, _> = rows.iter().map(pair).collect();
    pairs.map_err(|why: tokio_postgres::Error| Error::new(what, why))
}

/// The number of the last migration that changed tables.
pub(super) fn schema(settings: &BTreeMap<String, String>) -> i64 {
    let number = settings.get(SCHEMA).and_then(|text| text.parse().ok());
    number.unwrap_or_default()
}

/// The statement that stores a setting.
pub(super) fn put(name: &str, value: &str) -> Statement {
    Statement::new(PUT, values([&GLOBAL, &name, &value]))
}

/// The statement of [`LOCK`].
pub(super) fn lock() -> Statement {
    Statement::new(LOCK, values([&GLOBAL]))
}

/// The name of the setting in which layout 1 noted the shape of a table.
pub(super) fn of_table(table: &str) -> String {
    format!("table {table}")
}
