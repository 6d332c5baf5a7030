//! The SQL statements of each table.

use std::collections::HashMap;

use crate::store::statements::Statements;
use crate::table::Table;
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

impl Catalog {
    pub(super) fn new(tables: &[&'static Table], sealer: Sealer) -> Self {
        let statements = tables
            .iter()
            .map(|table| (table.name, Statements::new(table, '?', STORED)));
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
