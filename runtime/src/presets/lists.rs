//! What a deployment may bring, as the spec has it.

use serde_json::{Map, Value};

/// Member of a file with the settings.
pub(super) const SETTINGS: &str = "settings";

/// What a deployment brings to an API, as the spec has it.
#[derive(Debug, Clone, Copy)]
pub struct Lists {
    /// Path below the base where clients read the lists.
    pub path: Option<&'static str>,
    /// Each list with the values that hold until the deployment brings its own.
    pub lists: &'static [(&'static str, &'static [&'static str])],
    /// Tables whose rows belong to the deployment.
    pub tables: &'static [Rows],
    /// Names of settings.
    pub settings: &'static [&'static str],
}

impl Lists {
    /// Nothing.
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
    /// Path below the base where clients read them.
    pub path: &'static str,
    /// Its columns; the first is the key.
    pub columns: &'static [&'static str],
    /// Those of them that may be `null`.
    pub nullable: &'static [&'static str],
    /// Rows that hold until the deployment brings its own; an empty cell is `null`.
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
