//! Common parts of types that refer to tables.

use fieldproof_spec::model::{Api, Row, Table};
use serde_json::{Map, Value};

/// The values of a column of a table.
pub(super) fn keys(api: &Api, table: &str, column: &str) -> Vec<Value> {
    let rows = api.table(table).map_or(&[][..], |table| &table.rows);
    let keys = rows.iter().filter_map(|row| row.get(column).cloned());
    keys.collect()
}

/// The number of rows of a table.
pub(super) fn room(api: &Api, table: &str) -> u64 {
    api.table(table).map_or(0, |table| table.rows.len() as u64)
}

/// Whether a value equals a row of a table.
pub(super) fn has_row(api: &Api, table: &str, value: &Value) -> bool {
    let same = |row: &Map<String, Value>| value.as_object() == Some(row);
    api.table(table)
        .is_some_and(|table| table.rows.iter().any(same))
}

/// The spec rows that document a table and its columns that count.
pub(super) fn documented<'a>(
    api: &'a Api,
    table: &str,
    counts: impl Fn(&str) -> bool,
) -> Vec<&'a Row> {
    let Some(table) = api.table(table) else {
        return Vec::new();
    };
    let columns = table.columns.iter().filter(|one| counts(&one.name));
    std::iter::once(&table.row)
        .chain(columns.map(|one| &one.row))
        .collect()
}

/// The name of the key column.
pub(super) fn key(table: &Table) -> Option<&str> {
    table.columns.first().map(|column| column.name.as_str())
}
