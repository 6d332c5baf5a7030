//! Conversion between objects and columns.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql};

use super::statements::Catalog;
use crate::store::secret::{self, Sealed};
pub(super) use crate::store::sql::parent_key;
use crate::store::{ColumnValue, Error, Row, Stored, statements};
use crate::table::Table;
use crate::value::Instant;

/// Reads one object.
pub(super) fn find(
    connection: &Connection,
    catalog: &Catalog,
    table: &'static Table,
    tenant: &str,
    id: &str,
) -> Result<Option<Stored>, Error> {
    let failed = |why| Error::new("read an object", why);
    let mut query = connection
        .prepare_cached(&catalog.of(table).find)
        .map_err(failed)?;
    let key = table.id_kind.key(id);
    let found = query
        .query_row((tenant, key), |row| stored(table, row))
        .optional();
    let found = found.map_err(failed)?;
    found
        .map(|stored| secret::opened(&catalog.sealer, table, tenant, stored))
        .transpose()
}

/// Reads an object from the columns of [`super::statements::STORED`].
pub(super) fn stored(table: &'static Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    let parent = table
        .parent
        .as_ref()
        .map_or(table.id_kind, |parent| parent.table.id_kind);
    Ok(Stored {
        id: table.id_kind.of_key(row.get(0)?),
        parent: row
            .get::<_, Option<String>>(1)?
            .map(|key| parent.of_key(key)),
        version: row.get::<_, i64>(2)?.unsigned_abs(),
        created: Instant::from_micros(row.get(3)?),
        updated: Instant::from_micros(row.get(4)?),
        body: row.get(5)?,
        privileged: row.get(6)?,
        secrets: row.get(7)?,
        unfit: row.get(8)?,
    })
}

/// The values of a row in the order of its columns, with its encrypted texts.
pub(super) fn values(table: &Table, row: &Row, sealed: Sealed) -> Vec<Value> {
    let values = statements::values(table, row, sealed);
    values.into_iter().map(value).collect()
}

/// A value as the library has it.
pub(super) fn value(cell: ColumnValue) -> Value {
    match cell {
        ColumnValue::Null => Value::Null,
        ColumnValue::Number(number) => number.into(),
        ColumnValue::Text(text) => text.into(),
    }
}

/// A value that is bound by reference.
pub(super) struct Bound<'a>(pub(super) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::from(self.0)))
    }
}
