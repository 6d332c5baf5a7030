//! Lists.

use std::fmt::Write;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::row::{Bound, folded, identifier, parent_key, plain};
use crate::store::{Cell, Compare, Error, Page, Place, Select, Term};
use crate::table::{ColumnKind, OrderBy, Table};
use crate::value::Instant;

/// Reads one page and counts all of them.
pub(super) fn list(connection: &Connection, select: &Select) -> Result<Page, Error> {
    let failed = |why| Error::new("read a list", why);
    let mut values = Vec::new();
    let filter = filter(select, &mut values);
    let whole = values.clone();
    let behind = behind(select, &mut values);
    let mut page = Page::default();
    let shown = match select.full {
        true => "coalesce(\"full\", body)",
        false => "body",
    };
    let sql = format!(
        "SELECT {shown}, id, created FROM {filter}{behind} ORDER BY {} LIMIT {} OFFSET {}",
        order(select),
        select.limit.map_or(-1, i64::from),
        select.offset,
    );
    // Page and count have to be of one moment.
    let moment = connection.unchecked_transaction().map_err(failed)?;
    read(connection, &sql, &values, select, &mut page).map_err(failed)?;
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
    moment.finish().map_err(failed)?;
    Ok(page)
}

fn read(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    select: &Select,
    page: &mut Page,
) -> rusqlite::Result<()> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(params_from_iter(values.iter().map(Bound)))?;
    page.body.push('[');
    while let Some(row) = rows.next()? {
        if page.count > 0 {
            page.body.push(',');
        }
        page.body.push_str(row.get_ref(0)?.as_str()?);
        page.count += 1;
        if select
            .limit
            .is_some_and(|limit| page.count == u64::from(limit))
        {
            page.last = Some(Place {
                id: identifier(select.table.id_kind, row.get(1)?),
                created: Instant::from_micros(row.get(2)?),
            });
        }
    }
    page.body.push(']');
    Ok(())
}

fn count(connection: &Connection, filter: &str, values: &[Value]) -> rusqlite::Result<u64> {
    let mut query = connection.prepare_cached(&format!("SELECT count(*) FROM {filter}"))?;
    let total: i64 =
        query.query_row(params_from_iter(values.iter().map(Bound)), |row| row.get(0))?;
    Ok(total.unsigned_abs())
}

fn filter(select: &Select, values: &mut Vec<Value>) -> String {
    let mut sql = format!("\"{}\" WHERE tenant = ?", select.table.name);
    values.push(select.tenant.clone().into());
    if let Some(parent) = &select.parent {
        sql.push_str(" AND parent = ?");
        values.push(parent_key(select.table, parent).into());
    }
    for condition in &select.conditions {
        let terms: Vec<String> = condition
            .terms
            .iter()
            .map(|t| term(select.table, t, values))
            .collect();
        let _ = write!(sql, " AND ({})", terms.join(" OR "));
    }
    sql
}

/// The condition on the place in the order of creation.
fn behind(select: &Select, values: &mut Vec<Value>) -> &'static str {
    let Some(after) = &select.after else {
        return "";
    };
    values.push(after.created.micros().into());
    values.push(select.table.id_kind.key(&after.id).into());
    " AND (created, id) > (?, ?)"
}

fn term(table: &Table, term: &Term, values: &mut Vec<Value>) -> String {
    let (column, value) = match term.field {
        OrderBy::Id => ("id".to_owned(), id(table, &term.value)),
        OrderBy::Created => ("created".to_owned(), plain(ColumnKind::Number, &term.value)),
        OrderBy::Updated => ("updated".to_owned(), plain(ColumnKind::Number, &term.value)),
        OrderBy::Column(at) => {
            let column = &table.columns[at];
            if term.folded && column.kind == ColumnKind::Text {
                (format!("\"f_{}\"", column.name), folded(&term.value))
            } else {
                (
                    format!("\"c_{}\"", column.name),
                    plain(column.kind, &term.value),
                )
            }
        }
    };
    values.push(value);
    match term.compare {
        Compare::Equal => format!("{column} = ?"),
        Compare::Greater => format!("{column} > ?"),
        Compare::Least => format!("{column} >= ?"),
        Compare::Less => format!("{column} < ?"),
        Compare::Most => format!("{column} <= ?"),
        Compare::Contains => format!("instr({column}, ?) > 0"),
    }
}

fn id(table: &Table, cell: &Cell) -> Value {
    match cell {
        Cell::Text(id) => table.id_kind.key(id).into(),
        Cell::Null | Cell::Number(_) => Value::Null,
    }
}

fn order(select: &Select) -> String {
    let way = if select.descending { "DESC" } else { "ASC" };
    let mut order = match select.order {
        OrderBy::Id => String::new(),
        OrderBy::Created => format!("created {way}, "),
        OrderBy::Updated => format!("updated {way}, "),
        OrderBy::Column(at) => {
            let column = &select.table.columns[at];
            let name = column.name;
            let folded = match column.kind {
                ColumnKind::Text => format!("\"f_{name}\" {way}, "),
                _ => String::new(),
            };
            format!("\"c_{name}\" IS NULL {way}, {folded}\"c_{name}\" {way}, ")
        }
    };
    let _ = write!(order, "id {way}");
    order
}
