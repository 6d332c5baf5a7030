//! Conversion between objects and columns.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql};

use super::statements::Catalog;
pub(super) use crate::store::sql::parent_key;
use crate::store::{ColumnValue, Error, Row, Stored};
use crate::table::{ColumnKind, Table};
use crate::value::{Instant, external_key, fold};
use crate::watch::seal::Location;

/// The column with the secrets of a row.
pub(super) const HIDDEN: &str = "hidden";

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
        .map(|stored| open(catalog, table, tenant, stored))
        .transpose()
}

/// Decrypts the secret fields of an object.
pub(super) fn open(
    catalog: &Catalog,
    table: &Table,
    tenant: &str,
    stored: Stored,
) -> Result<Stored, Error> {
    let Some(sealed) = &stored.secrets else {
        return Ok(stored);
    };
    let text = opened(catalog, table.name, (tenant, &stored.id), HIDDEN, sealed)?;
    Ok(Stored {
        secrets: Some(text),
        ..stored
    })
}

/// The members of a row that stand apart, as they are stored.
pub(super) fn sealed(catalog: &Catalog, table: &Table, row: &Row) -> Result<Option<String>, Error> {
    let secrets = row.secrets.as_ref();
    let sealed = secrets.map(|text| seal(catalog, table, row, HIDDEN, text));
    sealed.transpose()
}

/// Encrypts a text that stands in one column of a row.
pub(super) fn seal(
    catalog: &Catalog,
    table: &Table,
    row: &Row,
    member: &str,
    text: &str,
) -> Result<String, Error> {
    let id = place(&row.tenant, &row.id);
    let sealed = catalog.sealer.seal(&at(table.name, &id, member), text);
    sealed.map_err(|why| Error::new("seal a secret", why))
}

/// Decrypts a text that stands in one column of a row of the table called `table`; plain text
/// stays as it is.
pub(super) fn opened(
    catalog: &Catalog,
    table: &str,
    (tenant, id): (&str, &str),
    member: &str,
    text: &str,
) -> Result<String, Error> {
    let id = place(tenant, id);
    let opened = catalog.sealer.open(&at(table, &id, member), text);
    let opened = opened.map_err(|why| Error::new("read a secret", why))?;
    Ok(opened.text)
}

fn place(tenant: &str, id: &str) -> String {
    format!("{tenant}/{id}")
}

fn at<'a>(table: &'a str, id: &'a str, member: &'a str) -> Location<'a> {
    Location { table, id, member }
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

/// The values of a row in the order of its columns; `secrets` is the encrypted text for
/// `hidden`.
pub(super) fn values(table: &Table, row: &Row, secrets: Option<String>) -> Vec<Value> {
    let mut values = vec![
        row.tenant.clone().into(),
        table.id_kind.key(&row.id).into(),
        row.parent
            .as_ref()
            .map_or(Value::Null, |parent| parent_key(table, parent).into()),
        (row.version.cast_signed()).into(),
        row.created.micros().into(),
        row.updated.micros().into(),
        row.body.clone().into(),
        row.privileged.clone().into(),
        secrets.into(),
    ];
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        values.push(plain(column.kind, cell));
        if column.kind == ColumnKind::Text {
            values.push(folded(cell));
        }
    }
    values
}

/// The value by which a cell is compared.
pub(super) fn plain(kind: ColumnKind, cell: &ColumnValue) -> Value {
    match cell {
        ColumnValue::Null => Value::Null,
        ColumnValue::Number(number) => (*number).into(),
        ColumnValue::Text(text) if kind == ColumnKind::External => {
            external_key(text).into_owned().into()
        }
        ColumnValue::Text(text) if kind == ColumnKind::Folded => fold(text).into(),
        ColumnValue::Text(text) => text.clone().into(),
    }
}

/// The value by which a cell is compared when case is ignored.
pub(super) fn folded(cell: &ColumnValue) -> Value {
    match cell {
        ColumnValue::Text(text) => fold(text).into(),
        ColumnValue::Null | ColumnValue::Number(_) => Value::Null,
    }
}

/// A value that is bound by reference.
pub(super) struct Bound<'a>(pub(super) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::from(self.0)))
    }
}
