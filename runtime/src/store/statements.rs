//! The SQL statements of one table that the databases have in common, built once from static
//! names.

use std::fmt::Write;

use super::secret::Sealed;
use super::sql::parent_key;
use super::{ColumnValue, Row};
use crate::table::{Attribute, ColumnKind, Lookup, Table, Unique};

/// The columns that a write sets in every table, before those of the table itself.
const WRITTEN: [&str; 9] = [
    "tenant", "id", "parent", "version", "created", "updated", "body", "\"full\"", "hidden",
];

/// The statements of one table.
#[derive(Debug)]
pub(super) struct Statements {
    pub(super) find: String,
    pub(super) children: String,
    pub(super) put: String,
    pub(super) remove: String,
    /// Notes that an object keeps all rules again.
    pub(super) mended: String,
    /// One statement per unique combination, in the order of the table.
    conflicts: Vec<String>,
}

impl Statements {
    /// The statements of a table for a database that writes `mark` before the number of a bound
    /// value, and reads the columns `stored`.
    pub(super) fn new(table: &Table, mark: char, stored: &str) -> Self {
        let name = table.name;
        let objects = format!("SELECT {stored} FROM \"{name}\" WHERE tenant = {mark}1");
        let conflicts = table.unique.iter();
        Self {
            find: format!("{objects} AND id = {mark}2"),
            children: format!("{objects} AND parent = {mark}2 ORDER BY created, id"),
            put: put(table, mark),
            remove: format!("DELETE FROM \"{name}\" WHERE tenant = {mark}1 AND id = {mark}2"),
            mended: format!(
                "UPDATE \"{name}\" SET unfit = NULL WHERE tenant = {mark}1 AND id = {mark}2"
            ),
            conflicts: conflicts.map(|one| conflict(table, one, mark)).collect(),
        }
    }

    /// The statement that looks for another object with the same values in the columns of
    /// `unique`.
    pub(super) fn conflict(&self, table: &Table, unique: &Unique) -> &str {
        let at = table.unique.iter().position(|other| other == unique);
        &self.conflicts[at.expect("a combination of its own table")]
    }
}

/// The columns in the database for the columns of a table, with the types that the database has
/// for numbers and texts. A text that is compared in any case has its folded form as well.
pub(super) fn columns<'t>(
    table: &'t Table,
    number: &'static str,
    text: &'static str,
) -> impl Iterator<Item = (String, &'static str)> + 't {
    table.columns.iter().flat_map(move |column| {
        let plain = format!("c_{}", column.name);
        match column.kind {
            ColumnKind::Number => vec![(plain, number)],
            ColumnKind::Exact | ColumnKind::External | ColumnKind::Folded | ColumnKind::List => {
                vec![(plain, text)]
            }
            ColumnKind::Text => vec![(plain, text), (format!("f_{}", column.name), text)],
        }
    })
}

/// The values of a row in the order of [`Statements::put`], with its encrypted texts.
pub(super) fn values(table: &Table, row: &Row, sealed: Sealed) -> Vec<ColumnValue> {
    let text = |text: Option<String>| text.map_or(ColumnValue::Null, ColumnValue::Text);
    let parent = row.parent.as_ref().map(|one| parent_key(table, one));
    let mut values = vec![
        ColumnValue::Text(row.tenant.clone()),
        ColumnValue::Text(table.id_kind.key(&row.id)),
        text(parent),
        ColumnValue::Number(row.version.cast_signed()),
        ColumnValue::Number(row.created.micros()),
        ColumnValue::Number(row.updated.micros()),
        ColumnValue::Text(row.body.clone()),
        text(sealed.privileged),
        text(sealed.secrets),
    ];
    values.extend(cells(table, row));
    values
}

/// The values of the columns of [`columns`] in a row.
pub(super) fn cells(table: &Table, row: &Row) -> Vec<ColumnValue> {
    let mut values = Vec::with_capacity(2 * row.cells.len());
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        values.push(cell.compared(column.kind));
        if column.kind == ColumnKind::Text {
            values.push(match cell {
                ColumnValue::Text(_) => cell.folded(),
                ColumnValue::Null | ColumnValue::Number(_) => ColumnValue::Null,
            });
        }
    }
    values
}

fn put(table: &Table, mark: char) -> String {
    let own = columns(table, "", "").map(|(name, _)| format!("\"{name}\""));
    let names: Vec<String> = WRITTEN.map(str::to_owned).into_iter().chain(own).collect();
    let marks: Vec<String> = (1..=names.len()).map(|at| format!("{mark}{at}")).collect();
    let set = |name: &String| format!("{name} = excluded.{name}");
    let sets: Vec<String> = names.iter().skip(2).map(set).collect();
    format!(
        "INSERT INTO \"{}\"({}) VALUES({}) ON CONFLICT(tenant, id) DO UPDATE SET {}",
        table.name,
        names.join(", "),
        marks.join(", "),
        sets.join(", "),
    )
}

fn conflict(table: &Table, unique: &Unique, mark: char) -> String {
    let name = table.name;
    let mut sql =
        format!("SELECT id FROM \"{name}\" WHERE tenant = {mark}1 AND id <> {mark}2 AND ");
    // The number of parameters is the same in both cases.
    let _ = match unique.in_parent {
        true => write!(sql, "parent = {mark}3"),
        false => write!(sql, "CAST({mark}3 AS TEXT) IS NOT DISTINCT FROM {mark}3"),
    };
    for (at, column) in unique.columns.iter().enumerate() {
        let column = table.columns[*column].name;
        let _ = write!(sql, " AND \"c_{column}\" = {mark}{}", at + 4);
    }
    sql.push_str(" LIMIT 1");
    sql
}

/// The columns that have an index, each with the name of the index and that of the column in the
/// database: those that a list is filtered by or that identify an object as well, and those that
/// begin a unique combination. Numbers are mostly flags, for which an index would match half of
/// the table.
pub(super) fn indexed(table: &Table) -> impl Iterator<Item = (String, String)> + '_ {
    table.columns.iter().enumerate().flat_map(|(at, column)| {
        let mut filters = table.list.filters.iter();
        let filtered = filters.any(|filter| filter.fields.contains(&Attribute::Column(at)));
        let looks_up = |one: Lookup| table.lookups.contains(&one);
        let mut uniques = table.unique.iter();
        let unique = uniques.any(|unique| unique.columns.first() == Some(&at));
        let (name, exact) = (column.name, unique || looks_up(Lookup::exact(at)));
        let (folds, plain) = match column.kind {
            ColumnKind::Text => (filtered || looks_up(Lookup::folded(at)), exact),
            ColumnKind::External | ColumnKind::Folded => {
                (false, filtered || exact || looks_up(Lookup::folded(at)))
            }
            ColumnKind::Number => (false, exact),
            ColumnKind::Exact | ColumnKind::List => (false, false),
        };
        // The name of one alone is that of the column.
        let plain = plain.then(|| match folds {
            true => (format!("{name}_exact"), format!("\"c_{name}\"")),
            false => (name.to_owned(), format!("\"c_{name}\"")),
        });
        let folds = folds.then(|| (name.to_owned(), format!("\"f_{name}\"")));
        folds.into_iter().chain(plain)
    })
}
