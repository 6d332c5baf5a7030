//! Settings of the deployment, which are kept in the database: the shape of each table, and the
//! names of the keys that seal in it.

use std::collections::BTreeMap;

use tokio_postgres::{Client, Error};

use super::statement::{Statement, values};
use crate::table::{GLOBAL, Table};

/// Reads all settings.
pub(super) const READ: &str = "SELECT name, value FROM settings WHERE tenant = $1 ORDER BY name";

/// Stores one.
pub(super) const PUT: &str = "INSERT INTO settings(tenant, name, value) VALUES($1, $2, $3) \
     ON CONFLICT(tenant, name) DO UPDATE SET value = excluded.value";

/// The setting with the shape of the tables of the store itself.
pub(super) const LAYOUT: &str = "layout";

/// The setting with the names of keys, which reveal nothing of the keys.
pub(super) const SEALS: &str = "seals";

/// Reads all settings.
pub(super) async fn read(client: &Client) -> Result<BTreeMap<String, String>, Error> {
    let rows = Statement::new(READ, values([&GLOBAL])).run(client).await?;
    let pair = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    rows.iter().map(pair).collect()
}

/// The statement that stores a setting.
pub(super) fn put(name: &str, value: &str) -> Statement {
    Statement::new(PUT, values([&GLOBAL, &name, &value]))
}

/// The name of the setting with the shape of a table.
pub(super) fn of_table(table: &Table) -> String {
    format!("table {}", table.name)
}

/// What the values of a table mean, a line each: columns do not tell how their values are
/// compared, nor how identifiers are.
pub(super) fn shape(table: &Table) -> String {
    let mut lines = vec![format!("identifiers {:?}", table.id_kind)];
    let parent = table.parent.as_ref();
    lines.extend(parent.map(|parent| format!("parent {}", parent.table.name)));
    let columns = table.columns.iter();
    lines.extend(columns.map(|column| format!("{} {:?}", column.name, column.kind)));
    lines.join("\n")
}
