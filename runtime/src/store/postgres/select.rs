//! Queries for lists.

use tokio_postgres::Row;

use super::pool::Lent;
use super::statement::{Statement, run_all};
use crate::paging::Position;
use crate::store::sql::{Dialect, Query};
use crate::store::{ColumnValue, Error, Page, Select, secret};
use crate::value::Instant;
use crate::watch::seal::Sealer;

/// How PostgreSQL writes it.
pub(super) static DIALECT: Dialect = Dialect { mark: '$', each };

/// Begins a transaction in which all reads see the same. A list that takes longer than half a
/// minute is given up.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; \
    SET LOCAL statement_timeout = 30000; SET LOCAL idle_in_transaction_session_timeout = 10000";

/// A list as statements.
pub(super) struct List {
    /// Reads the page.
    pub(super) page: Statement,
    /// Counts the objects behind the position.
    pub(super) rest: Statement,
    /// Counts all objects.
    pub(super) total: Statement,
}

impl List {
    pub(super) fn new(select: &Select) -> Self {
        let mut query = Query::new(select, &DIALECT);
        let filter = query.filter();
        let whole = query.values.clone();
        let behind = query.behind();
        let counted = query.values.clone();
        let limit = select.limit.map(i64::from).map(ColumnValue::Number);
        let limit = query.bind(limit.unwrap_or(ColumnValue::Null));
        let offset = i64::try_from(select.offset).unwrap_or(i64::MAX);
        let offset = query.bind(ColumnValue::Number(offset));
        let page = format!(
            "SELECT {}, id, created FROM {filter}{behind} ORDER BY {} LIMIT {limit} OFFSET {offset}",
            query.shown(),
            query.order(),
        );
        Self {
            page: Statement::new(page, query.values),
            rest: Statement::new(format!("SELECT count(*) FROM {filter}{behind}"), counted),
            total: Statement::new(format!("SELECT count(*) FROM {filter}"), whole),
        }
    }
}

/// Reads one page and counts the objects on all pages, in one snapshot.
pub(super) async fn list(
    client: &mut Lent<'_>,
    sealer: &Sealer,
    select: &Select,
) -> Result<Page, Error> {
    // A connection that is left within the transaction is not used again.
    client.busy = true;
    let read = read(client, select).await.map_err(failed);
    let (mut page, rows) = read?;
    client.busy = false;
    page.body = body(sealer, select, &rows)?;
    Ok(page)
}

/// The page without its text, and the rows of that.
async fn read(
    client: &Lent<'_>,
    select: &Select,
) -> Result<(Page, Vec<Row>), tokio_postgres::Error> {
    let list = List::new(select);
    let rows = run_all(client, &[Statement::plain(BEGIN), list.page]).await?;
    let mut page = Page::default();
    fill(&mut page, select, &rows)?;
    let full = select
        .limit
        .is_some_and(|limit| page.count >= u64::from(limit));
    let unsure = full || (page.count == 0 && select.offset > 0);
    page.rest = match unsure {
        true => count(&list.rest.run(client).await?)?,
        false => select.offset + page.count,
    };
    page.total = match select.after {
        Some(_) => count(&list.total.run(client).await?)?,
        None => page.rest,
    };
    client.batch_execute("COMMIT").await?;
    Ok((page, rows))
}

/// The objects of a page as a JSON array.
fn body(sealer: &Sealer, select: &Select, rows: &[Row]) -> Result<String, Error> {
    let mut body = String::from("[");
    for row in rows {
        if body.len() > 1 {
            body.push(',');
        }
        let (text, key) = (
            row.try_get(0).map_err(failed)?,
            row.try_get(1).map_err(failed)?,
        );
        body.push_str(&secret::shown(sealer, select, key, text)?);
    }
    body.push(']');
    Ok(body)
}

fn failed(why: tokio_postgres::Error) -> Error {
    Error::new("read a list", why)
}

fn fill(page: &mut Page, select: &Select, rows: &[Row]) -> Result<(), tokio_postgres::Error> {
    page.count = rows.len() as u64;
    let full = |limit: u32| page.count == u64::from(limit);
    if let Some(row) = rows.last().filter(|_| select.limit.is_some_and(full)) {
        page.last = Some(Position {
            id: select.table.id_kind.of_key(row.try_get(1)?),
            created: Instant::from_micros(row.try_get(2)?),
        });
    }
    Ok(())
}

fn count(rows: &[Row]) -> Result<u64, tokio_postgres::Error> {
    let count = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>(0))?;
    Ok(count.unsigned_abs())
}

/// A condition that each of the texts is contained in one of the columns. Filters bound the
/// number of their texts, so there are few such statements.
fn each(query: &mut Query<'_>, columns: &[String], texts: &[Vec<String>]) -> String {
    let mut texts = texts.to_vec();
    texts.sort();
    texts.dedup();
    let mut every = vec!["1 = 1".to_owned()];
    for forms in texts {
        let mut some = Vec::new();
        for (column, form) in columns.iter().zip(forms) {
            let text = query.bind(ColumnValue::Text(form));
            some.push(format!("coalesce(strpos({column}, {text}), 0) > 0"));
        }
        every.push(format!("({})", some.join(" OR ")));
    }
    every.join(" AND ")
}
