//! Conversion between objects and columns.

use tokio_postgres::Client;

use super::catalog::Catalog;
use super::statement::{Statement, values};
use crate::store::{Error, Row, Stored, secret, statements};
use crate::table::Table;
use crate::value::Instant;

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
        secret::opened(&catalog.sealer, table, tenant, stored)
    };
    rows.iter().map(read).collect()
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
        unfit: row.try_get(8)?,
    })
}

/// The statement that stores an object, with its secret fields encrypted.
pub(super) fn put(catalog: &Catalog, table: &Table, row: &Row) -> Result<Statement, Error> {
    let sealed = secret::sealed(&catalog.sealer, table, row)?;
    let values = statements::values(table, row, sealed);
    Ok(Statement::new(catalog.of(table).put.clone(), values))
}
