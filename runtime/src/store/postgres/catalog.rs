//! The SQL statements of each table, built once from static names.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use super::schema::columns;
use crate::table::{Table, Unique};
use crate::watch::seal::Sealer;

/// The columns of a stored object, in the order in which [`super::row::stored`] reads them.
const STORED: &str = "id, parent, version, created, updated, body, \"full\", hidden";

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
    /// One statement per column, in the order of the table.
    pub(super) referencing: Vec<String>,
}

impl Catalog {
    pub(super) fn new(tables: &[&'static Table], sealer: Sealer) -> Arc<Self> {
        let statements = tables
            .iter()
            .map(|table| (table.name, Statements::new(table)));
        Arc::new(Self {
            statements: statements.collect(),
            sealer,
        })
    }

    /// The statements of a table; the store must have been opened with it.
    pub(super) fn of(&self, table: &Table) -> &Statements {
        &self.statements[table.name]
    }
}

impl Statements {
    fn new(table: &Table) -> Self {
        let name = table.name;
        let referencing = |column: &crate::table::Column| {
            let column = column.name;
            format!(
                "SELECT {STORED} FROM \"{name}\" WHERE tenant = $1 AND strpos(\"c_{column}\", $2) > 0 \
                 ORDER BY created, id"
            )
        };
        let conflicts = table.unique.iter();
        Self {
            find: format!("SELECT {STORED} FROM \"{name}\" WHERE tenant = $1 AND id = $2"),
            children: format!(
                "SELECT {STORED} FROM \"{name}\" WHERE tenant = $1 AND parent = $2 \
                 ORDER BY created, id"
            ),
            put: put(table),
            remove: format!("DELETE FROM \"{name}\" WHERE tenant = $1 AND id = $2"),
            conflicts: conflicts.map(|unique| conflict(table, unique)).collect(),
            referencing: table.columns.iter().map(referencing).collect(),
        }
    }

    /// The statement that looks for another object with the same values in the columns of
    /// `unique`.
    pub(super) fn conflict(&self, table: &Table, unique: &Unique) -> &str {
        let at = table.unique.iter().position(|other| other == unique);
        &self.conflicts[at.expect("a combination of its own table")]
    }
}

fn put(table: &Table) -> String {
    let common = [
        "tenant", "id", "parent", "version", "created", "updated", "body", "\"full\"", "hidden",
    ];
    let own = columns(table).map(|(name, _)| format!("\"{name}\""));
    let names: Vec<String> = common.map(str::to_owned).into_iter().chain(own).collect();
    let marks: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
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

fn conflict(table: &Table, unique: &Unique) -> String {
    let mut sql = format!(
        "SELECT id FROM \"{}\" WHERE tenant = $1 AND id <> $2",
        table.name
    );
    if unique.in_parent {
        sql.push_str(" AND parent = $3");
    } else {
        // Keeps the number of parameters the same in both cases.
        sql.push_str(" AND CAST($3 AS TEXT) IS NOT DISTINCT FROM $3");
    }
    for (at, column) in unique.columns.iter().enumerate() {
        let column = &table.columns[*column];
        let _ = write!(sql, " AND \"c_{}\" = ${}", column.name, at + 4);
    }
    sql.push_str(" LIMIT 1");
    sql
}
