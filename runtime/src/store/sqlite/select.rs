//! Queries for lists.

use std::fmt::Write;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::row::{Bound, folded, parent_key, plain};
use crate::paging::Position;
use crate::store::{ColumnValue, Compare, Condition, Error, Page, Select, Term};
use crate::table::{ColumnKind, OrderBy, Table};
use crate::value::Instant;

/// Reads one page and counts the objects on all pages.
pub(super) fn list(connection: &Connection, select: &Select) -> Result<Page, Error> {
    let failed = |why| Error::new("read a list", why);
    let mut values = Vec::new();
    let filter = filter(select, &mut values);
    let whole = values.clone();
    let behind = behind(select, &mut values);
    let mut page = Page::default();
    let shown = match select.privileged {
        true => "coalesce(\"full\", body)",
        false => "body",
    };
    let sql = format!(
        "SELECT {shown}, id, created FROM {filter}{behind} ORDER BY {} LIMIT {} OFFSET {}",
        order(select),
        select.limit.map_or(-1, i64::from),
        select.offset,
    );
    // The page and the count have to come from one snapshot.
    let snapshot = connection.unchecked_transaction().map_err(failed)?;
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
    snapshot.finish().map_err(failed)?;
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
            page.last = Some(Position {
                id: select.table.id_kind.of_key(row.get(1)?),
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
        let condition = match condition {
            Condition::Any(terms) => {
                let terms = terms.iter().map(|one| term(select.table, one, values));
                terms.collect::<Vec<_>>().join(" OR ")
            }
            Condition::Each {
                fields,
                folded,
                texts,
            } => each(select.table, fields, *folded, texts, values),
        };
        let _ = write!(sql, " AND ({condition})");
    }
    sql
}

/// A condition that each of the texts is contained in one of the fields. The texts are bound as
/// one JSON array, so the statement is the same for any number of them.
fn each(
    table: &Table,
    fields: &[OrderBy],
    folded: bool,
    texts: &[String],
    values: &mut Vec<Value>,
) -> String {
    // No stored text contains U+0000, and SQLite's JSON functions stop at it.
    if texts.iter().any(|text| text.contains('\0')) {
        return "0".to_owned();
    }
    let form = |field: &OrderBy, text: &String| match asked(
        table,
        *field,
        folded,
        &ColumnValue::Text(text.clone()),
    ) {
        Value::Text(text) => text,
        _ => String::new(),
    };
    // Columns of different kinds compare different forms of a text.
    let forms = |text: &String| -> serde_json::Value {
        let forms = fields.iter().map(|field| form(field, text));
        forms.collect::<Vec<_>>().into()
    };
    let texts = texts.iter().map(forms);
    values.push(serde_json::Value::from_iter(texts).to_string().into());
    let lacks = fields.iter().enumerate().map(|(at, field)| {
        let column = column(table, *field, folded);
        format!("coalesce(instr({column}, value ->> {at}), 0) = 0")
    });
    let lacks = lacks.collect::<Vec<_>>().join(" AND ");
    format!("NOT EXISTS (SELECT 1 FROM json_each(?) WHERE {lacks})")
}

/// The condition on the position in the order of creation.
fn behind(select: &Select, values: &mut Vec<Value>) -> &'static str {
    let Some(after) = &select.after else {
        return "";
    };
    values.push(after.created.micros().into());
    values.push(select.table.id_kind.key(&after.id).into());
    " AND (created, id) > (?, ?)"
}

fn term(table: &Table, term: &Term, values: &mut Vec<Value>) -> String {
    values.push(asked(table, term.field, term.folded, &term.value));
    let column = column(table, term.field, term.folded);
    match term.compare {
        Compare::Equal => format!("{column} = ?"),
        Compare::Greater => format!("{column} > ?"),
        Compare::Least => format!("{column} >= ?"),
        Compare::Less => format!("{column} < ?"),
        Compare::Most => format!("{column} <= ?"),
    }
}

/// A value converted to the form in which a field is compared.
fn asked(table: &Table, field: OrderBy, is_folded: bool, value: &ColumnValue) -> Value {
    match field {
        OrderBy::Id => id(table, value),
        OrderBy::Created | OrderBy::Updated => plain(ColumnKind::Number, value),
        OrderBy::Column(at) => match table.columns[at].kind {
            ColumnKind::Text if is_folded => folded(value),
            kind => plain(kind, value),
        },
    }
}

/// The column by which a field is compared.
fn column(table: &Table, field: OrderBy, folded: bool) -> String {
    match field {
        OrderBy::Id => "id".to_owned(),
        OrderBy::Created => "created".to_owned(),
        OrderBy::Updated => "updated".to_owned(),
        OrderBy::Column(at) => {
            let column = &table.columns[at];
            match folded && column.kind == ColumnKind::Text {
                true => format!("\"f_{}\"", column.name),
                false => format!("\"c_{}\"", column.name),
            }
        }
    }
}

fn id(table: &Table, cell: &ColumnValue) -> Value {
    match cell {
        ColumnValue::Text(id) => table.id_kind.key(id).into(),
        ColumnValue::Null | ColumnValue::Number(_) => Value::Null,
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
