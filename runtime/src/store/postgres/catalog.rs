//! The SQL statements of each table.

use std::collections::HashMap;
use std::sync::Arc;

use crate::store::statements::Statements;
use crate::table::{Column, Table};
use crate::watch::seal::Sealer;

/// The columns of a stored object, in the order in which [`super::row::stored`] reads them.
const STORED: &str =
    "id, parent, version, created, updated, body, \"full\", hidden, unfit IS NOT NULL";

/// The statements of every table.
#[derive(Debug)]
pub(super) struct Catalog {
    statements: HashMap<&'static str, Statements>,
    /// For each table one statement per column, in the order of the table, that finds the objects
    /// whose column contains a text.
    referencing: HashMap<&'static str, Vec<String>>,
    /// Encrypts and decrypts secret fields.
    pub(super) sealer: Sealer,
}

impl Catalog {
    pub(super) fn new(tables: &[&'static Table], sealer: Sealer) -> Arc<Self> {
        let statements = tables
            .iter()
            .map(|table| (table.name, Statements::new(table, '$', STORED)));
        let referencing = tables.iter().map(|table| (table.name, referencing(table)));
        Arc::new(Self {
            statements: statements.collect(),
            referencing: referencing.collect(),
            sealer,
        })
    }

    /// The statements of a table; the store must have been opened with it.
    pub(super) fn of(&self, table: &Table) -> &Statements {
        &self.statements[table.name]
    }

    /// The statements that find the objects whose columns contain a text.
    pub(super) fn referencing(&self, table: &Table) -> &[String] {
        &self.referencing[table.name]
    }
}

fn referencing(table: &Table) -> Vec<String> {
    let name = table.name;
    let one = |column: &Column| {
        let column = column.name;
        format!(
            "SELECT {STORED} FROM \"{name}\" WHERE tenant = $1 AND strpos(\"c_{column}\", $2) > 0 \
             ORDER BY created, id"
        )
    };
    table.columns.iter().map(one).collect()
}
