//! The SQL statements of each table, built once from static names.

use std::collections::HashMap;
use std::fmt::Write;

use super::schema::columns;
use crate::table::{Table, Unique};
use crate::watch::seal::Sealer;

/// The columns of a stored object, in the order in which [`super::row::stored`] reads them.
pub(super) const STORED: &str =
    "id, parent, version, created, updated, body, \"full\", hidden, unfit IS NOT NULL";

/// The statements of every table.
#[derive(Debug)]
pub(super) struct Catalog {
    statements: HashMap<&'static str, Statements>,
    /// Encrypts and decrypts secret fields.
    pub(super) sealer: Sealer,
}

/// The statements of one table.
#[derive(Debug)]
pub(super) struct Statements {
    pub(super) find: String,
    pub(super) children: String,
    pub(super) put: String,
    pub(super) remove: String,
    /// One statement per unique combination, in the order of the table.
    conflicts: Vec<String>,
}

impl Catalog {
    pub(super) fn new(tables: &[&'static Table], sealer: Sealer) -> Self {
        let statements = tables
            .iter()
            .map(|table| (table.name, Statements::new(table)));
        Self {
            statements: statements.collect(),
            sealer,
        }
    }

    /// The statements of a table; the store must have been opened with it.
    pub(super) fn of(&self, table: &Table) -> &Statements {
        &self.statements[table.name]
    }
}

impl Statements {
    fn new(table: &Table) -> Self {
        let name = table.name;
        Self {
            find: format!("SELECT {STORED} FROM \"{name}\" WHERE tenant = ?1 AND id = ?2"),
            children: format!(
                "SELECT {STORED} FROM \"{name}\" WHERE tenant = ?1 AND parent = ?2 ORDER BY created, id"
            ),
            put: put(table),
            remove: format!("DELETE FROM \"{name}\" WHERE tenant = ?1 AND id = ?2"),
            conflicts: table
                .unique
                .iter()
                .map(|unique| conflict(table, unique))
                .collect(),
        }
    }

    pub(super) fn find_conflict(&self, table: &Table, unique: &Unique) -> &str {
        let at = table.unique.iter().position(|other| other == unique);
        &self.conflicts[at.expect("a combination of its own table")]
    }
}

fn put(table: &Table) -> String {
    let mut names: Vec<String> = [
        "tenant", "id", "parent", "version", "created", "updated", "body", "\"full\"", "hidden",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(columns(table).map(|(name, _)| format!("\"{name}\"")));
    let marks: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let mut sets = String::new();
    for name in names.iter().skip(2) {
        let _ = write!(
            sets,
            "{}{name} = excluded.{name}",
            if sets.is_empty() { "" } else { ", " }
        );
    }
    format!(
        "INSERT INTO \"{}\"({}) VALUES({}) ON CONFLICT(tenant, id) DO UPDATE SET {sets}",
        table.name,
        names.join(", "),
        marks.join(", "),
    )
}

fn conflict(table: &Table, unique: &Unique) -> String {
    let mut sql = format!(
        "SELECT id FROM \"{}\" WHERE tenant = ?1 AND id <> ?2",
        table.name
    );
    if unique.in_parent {
        sql.push_str(" AND parent = ?3");
    } else {
        // Keeps the number of parameters the same in both cases.
        sql.push_str(" AND ?3 IS ?3");
    }
    for (at, column) in unique.columns.iter().enumerate() {
        let column = &table.columns[*column];
        let _ = write!(sql, " AND \"c_{}\" = ?{}", column.name, at + 4);
    }
    sql.push_str(" LIMIT 1");
    sql
}
