//! Queries for lists.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::paging::Position;
use crate::store::sql::{Dialect, Query};
use crate::store::{ColumnValue, Error, Page, Select, secret};
use crate::value::Instant;
use crate::watch::seal::Sealer;

/// How SQLite writes it.
static DIALECT: Dialect = Dialect { mark: '?', each };

/// Reads one page and counts the objects on all pages.
pub(super) fn list(
    connection: &Connection,
    sealer: &Sealer,
    select: &Select,
) -> Result<Page, Error> {
    let failed = |why| Error::new("read a list", why);
    let mut query = Query::new(select, &DIALECT);
    let filter = query.filter();
    let whole = query.values.clone();
    let behind = query.behind();
    let mut page = Page::default();
    let sql = format!(
        "SELECT {}, id, created FROM {filter}{behind} ORDER BY {} LIMIT {} OFFSET {}",
        query.shown(),
        query.order(),
        select.limit.map_or(-1, i64::from),
        select.offset,
    );
    let values = query.values;
    // The page and the count have to come from one snapshot.
    let snapshot = connection.unchecked_transaction().map_err(failed)?;
    read(connection, &sql, &values, sealer, select, &mut page)?;
    let full = select
        .limit
        .is_some_and(|limit| page.count >= u64::from(limit));
    page.rest = if full || (page.count == 0 && select.offset > 0) {
        count(connection, &format!("{filter}{behind}"), &values).map_err(failed)?
    } else {
        select.offset + page.count
    };
    page.total = match select.after {
        Some(_) => count(connection, &filter, &whole).map_err(failed)?,
        None => page.rest,
    };
    snapshot.finish().map_err(failed)?;
    Ok(page)
}

fn read(
    connection: &Connection,
    sql: &str,
    values: &[ColumnValue],
    sealer: &Sealer,
    select: &Select,
    page: &mut Page,
) -> Result<(), Error> {
    let failed = |why| Error::new("read a list", why);
    let mut query = connection.prepare_cached(sql).map_err(failed)?;
    let rows = query.query(params_from_iter(values.iter().map(Cell)));
    let mut rows = rows.map_err(failed)?;
    page.body.push('[');
    while let Some(row) = rows.next().map_err(failed)? {
        if page.count > 0 {
            page.body.push(',');
        }
        let text = row.get_ref(0).map_err(failed)?;
        let text = text.as_str().map_err(|why| failed(why.into()))?;
        let key = row.get_ref(1).map_err(failed)?;
        let key = key.as_str().map_err(|why| failed(why.into()))?;
        page.body
            .push_str(&secret::shown(sealer, select, key, text)?);
        page.count += 1;
        if select
            .limit
            .is_some_and(|limit| page.count == u64::from(limit))
        {
            page.last = Some(Position {
                id: select.table.id_kind.of_key(key.to_owned()),
                created: Instant::from_micros(row.get(2).map_err(failed)?),
            });
        }
    }
    page.body.push(']');
    Ok(())
}

fn count(connection: &Connection, filter: &str, values: &[ColumnValue]) -> rusqlite::Result<u64> {
    let mut query = connection.prepare_cached(&format!("SELECT count(*) FROM {filter}"))?;
    let total: i64 =
        query.query_row(params_from_iter(values.iter().map(Cell)), |row| row.get(0))?;
    Ok(total.unsigned_abs())
}

/// A condition that each of the texts is contained in one of the columns. The texts are bound as
/// one JSON array, so the statement is the same for any number of them.
fn each(query: &mut Query<'_>, columns: &[String], texts: &[Vec<String>]) -> String {
    let texts = serde_json::json!(texts).to_string();
    let texts = query.bind(ColumnValue::Text(texts));
    let lacks = columns.iter().enumerate();
    let lacks =
        lacks.map(|(at, column)| format!("coalesce(instr({column}, value ->> {at}), 0) = 0"));
    let lacks = lacks.collect::<Vec<_>>().join(" AND ");
    format!("NOT EXISTS (SELECT 1 FROM json_each({texts}) WHERE {lacks})")
}

/// A value that is bound by reference.
struct Cell<'a>(&'a ColumnValue);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            ColumnValue::Null => ValueRef::Null,
            ColumnValue::Number(number) => ValueRef::Integer(*number),
            ColumnValue::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}
