//! Conversion between objects and columns.

use tokio_postgres::Client;

use super::catalog::Catalog;
use super::statement::{Statement, values};
use crate::store::sql::parent_key;
use crate::store::{ColumnValue, Error, Row, Stored};
use crate::table::{ColumnKind, Table};
use crate::value::Instant;
use crate::watch::seal::Location;

/// The statement that reads one object; `None` if no object can have this identifier.
pub(super) fn find(catalog: &Catalog, table: &Table, tenant: &str, id: &str) -> Option<Statement> {
    // PostgreSQL does not take texts with U+0000.
    let legal = !id.contains('\0') && !tenant.contains('\0');
    let key = table.id_kind.key(id);
    legal.then(|| Statement::new(catalog.of(table).find.clone(), values([&tenant, &key])))
}

/// Reads one object outside of a transaction.
pub(super) async fn get(
    client: &Client,
    catalog: &Catalog,
    table: &'static Table,
    tenant: &str,
    id: &str,
) -> Result<Option<Stored>, Error> {
    let failed = |why| Error::new("read an object", why);
    let Some(statement) = find(catalog, table, tenant, id) else {
        return Ok(None);
    };
    let rows = statement.run(client).await.map_err(failed)?;
    let found = opened(catalog, table, tenant, &rows)?;
    Ok(found.into_iter().next())
}

/// The objects in these rows, with their secret fields decrypted.
pub(super) fn opened(
    catalog: &Catalog,
    table: &'static Table,
    tenant: &str,
    rows: &[tokio_postgres::Row],
) -> Result<Vec<Stored>, Error> {
    let read = |row| {
        let stored = stored(table, row).map_err(|why| Error::new("read an object", why))?;
        open(catalog, table, tenant, stored)
    };
    rows.iter().map(read).collect()
}

fn open(catalog: &Catalog, table: &Table, tenant: &str, stored: Stored) -> Result<Stored, Error> {
    let Some(sealed) = &stored.secrets else {
        return Ok(stored);
    };
    let id = format!("{tenant}/{}", stored.id);
    let opened = catalog.sealer.open(&at(table, &id), sealed);
    let opened = opened.map_err(|why| Error::new("read a secret", why))?;
    Ok(Stored {
        secrets: Some(opened.text),
        ..stored
    })
}

fn at<'a>(table: &'a Table, id: &'a str) -> Location<'a> {
    Location {
        table: table.name,
        id,
        member: "hidden",
    }
}

/// Reads an object from the columns of the statements in [`super::catalog`].
fn stored(
    table: &'static Table,
    row: &tokio_postgres::Row,
) -> Result<Stored, tokio_postgres::Error> {
    let parent = table
        .parent
        .as_ref()
        .map_or(table.id_kind, |parent| parent.table.id_kind);
    let key: Option<String> = row.try_get(1)?;
    Ok(Stored {
        id: table.id_kind.of_key(row.try_get(0)?),
        parent: key.map(|key| parent.of_key(key)),
        version: row.try_get::<_, i64>(2)?.unsigned_abs(),
        created: Instant::from_micros(row.try_get(3)?),
        updated: Instant::from_micros(row.try_get(4)?),
        body: row.try_get(5)?,
        privileged: row.try_get(6)?,
        secrets: row.try_get(7)?,
        // No migration accepts anything here.
        unfit: false,
    })
}

/// The statement that stores an object, with its secret fields encrypted.
pub(super) fn put(catalog: &Catalog, table: &Table, row: &Row) -> Result<Statement, Error> {
    let id = format!("{}/{}", row.tenant, row.id);
    let seal = |secrets: &String| catalog.sealer.seal(&at(table, &id), secrets);
    let sealed = row.secrets.as_ref().map(seal).transpose();
    let sealed = sealed.map_err(|why| Error::new("seal a secret", why))?;
    let parent = row.parent.as_ref().map(|one| parent_key(table, one));
    let mut values = values([
        &row.tenant,
        &table.id_kind.key(&row.id),
        &parent,
        &row.version.cast_signed(),
        &row.created.micros(),
        &row.updated.micros(),
        &row.body,
        &row.privileged,
        &sealed,
    ]);
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        values.push(cell.compared(column.kind));
        if column.kind == ColumnKind::Text {
            values.push(folded(cell));
        }
    }
    Ok(Statement::new(catalog.of(table).put.clone(), values))
}

/// The value by which a cell is compared when case is ignored.
fn folded(cell: &ColumnValue) -> ColumnValue {
    match cell {
        ColumnValue::Text(_) => cell.folded(),
        ColumnValue::Null | ColumnValue::Number(_) => ColumnValue::Null,
    }
}
