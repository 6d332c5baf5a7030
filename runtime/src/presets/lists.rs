//! The lists, tables and settings of a deployment, as the spec declares them.

use serde_json::{Map, Value};

/// Member of a file that holds the settings.
pub(super) const SETTINGS: &str = "settings";

/// Lists, tables and settings that a deployment can provide, as the spec declares them.
#[derive(Debug, Clone, Copy)]
pub struct Lists {
    /// Path below the base where clients can read the lists.
    pub path: Option<&'static str>,
    /// Each list with its values until the deployment provides its own.
    pub lists: &'static [(&'static str, &'static [&'static str])],
    /// Tables whose rows belong to the deployment.
    pub tables: &'static [Rows],
    /// Names of settings.
    pub settings: &'static [&'static str],
}

impl Lists {
    /// No lists, tables or settings.
    pub const BASE: Self = Self {
        path: None,
        lists: &[],
        tables: &[],
        settings: &[],
    };
}

/// A table whose rows belong to the deployment.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// Its name.
    pub name: &'static str,
    /// Path below the base where clients can read the rows.
    pub path: &'static str,
    /// Its columns; the first is the key.
    pub columns: &'static [&'static str],
    /// The columns that may be `null`.
    pub nullable: &'static [&'static str],
    /// Rows until the deployment provides its own; an empty cell is `null`.
    pub rows: &'static [&'static [&'static str]],
}

impl Rows {
    pub(super) fn row(&self, cells: &[&str]) -> Map<String, Value> {
        let names = self.columns.iter().map(|name| (*name).to_owned());
        let value = |cell: &&str| match *cell {
            "" => Value::Null,
            text => text.into(),
        };
        names.zip(cells.iter().map(value)).collect()
    }
}
