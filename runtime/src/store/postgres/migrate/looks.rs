//! What is there of a table, as the catalog of the database has it, in the words of
//! [`WORDS`](super::super::schema::WORDS).

use tokio_postgres::Row;

use crate::store::postgres::schema::{TEXT, WORDS};

/// Whether there is a table.
pub(in crate::store::postgres) const IS_THERE: &str = "SELECT CAST(tablename AS TEXT) FROM pg_tables \
    WHERE schemaname = current_schema() AND tablename = $1";

/// The columns of a table: names, types and the order of texts.
pub(in crate::store::postgres) const COLUMNS: &str = "SELECT CAST(attname AS TEXT), format_type(atttypid, atttypmod), \
    CAST(collname AS TEXT) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid \
    JOIN pg_namespace ON pg_namespace.oid = relnamespace \
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation \
    WHERE nspname = current_schema() AND relname = $1 AND relkind IN ('r', 'p') AND attnum > 0 \
    AND NOT attisdropped ORDER BY attnum";

/// The indexes of a table that no constraint made: those are unique.
pub(in crate::store::postgres) const INDEXES: &str = "SELECT CAST(indexname AS TEXT), indexdef FROM pg_indexes \
    WHERE schemaname = current_schema() AND tablename = $1 AND indexdef LIKE 'CREATE INDEX %' \
    ORDER BY indexname";

/// A column of [`COLUMNS`], and its type.
pub(super) fn column(row: &Row) -> Result<(String, String), tokio_postgres::Error> {
    let (name, kind, order) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok((name, declared(kind, order)))
}

/// An index of [`INDEXES`] on a table, and the statement that would make it.
pub(super) fn index(row: &Row, table: &str) -> Result<(String, String), tokio_postgres::Error> {
    let (name, made): (String, &str) = (row.try_get(0)?, row.try_get(1)?);
    let on = made.split_once(" USING btree ").map_or("", |(_, on)| on);
    let make = format!("CREATE INDEX \"{name}\" ON \"{table}\"{on}");
    Ok((name, make))
}

/// A type as it is declared.
fn declared(kind: String, order: Option<&str>) -> String {
    match (kind.as_str(), order) {
        ("bigint", _) => WORDS.number.to_owned(),
        ("text", Some("C")) => TEXT.to_owned(),
        _ => kind,
    }
}
