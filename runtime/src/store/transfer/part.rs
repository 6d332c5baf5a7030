//! The tables that are moved, with their columns as each database calls them.

use crate::store::ColumnValue;
use crate::store::internal;
use crate::store::statements;
use crate::table::Table;

/// Columns that every table of objects has; the first is the tenant.
const COMMON: &[&str] = &[
    "tenant", "id", "parent", "version", "created", "updated", "body", "full", "hidden", "kept",
    "unfit",
];

const DELIVERIES: &[&str] = &[
    "id", "watch", "object", "number", "state", "head", "due", "failed", "owner", "fence",
    "reason", "created", "ended",
];

const HEALTH: &[&str] = &["watch", "failing", "disabled", "reason"];

const TOKENS: &[&str] = &[
    "hash", "id", "created", "grantee", "scopes", "owner", "client",
];

/// A table that is moved.
#[derive(Debug)]
pub(in crate::store) struct Part {
    pub(in crate::store) name: &'static str,
    pub(in crate::store) columns: Vec<String>,
    /// Whether its rows are of the deployment as a whole, so that only a database of several
    /// tenants has a column for it.
    pub(in crate::store) is_global: bool,
}

/// Everything that is moved.
pub(in crate::store) fn parts(tables: &[&'static Table]) -> Vec<Part> {
    let object = |table: &&'static Table| {
        let own = statements::columns(table, "", "").map(|(name, _)| name);
        let common = COMMON.iter().map(|&name| name.to_owned());
        Part {
            name: table.name,
            columns: common.chain(own).collect(),
            is_global: false,
        }
    };
    let global = |(name, columns): (&'static str, &[&str])| Part {
        name,
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        is_global: true,
    };
    let own = [
        ("tokens", TOKENS),
        ("health", HEALTH),
        ("deliveries", DELIVERIES),
    ];
    let objects = tables.iter().chain(internal::ALL).map(object);
    objects.chain(own.map(global)).collect()
}

impl Part {
    pub(in crate::store) fn is_of_tokens(&self) -> bool {
        self.name == "tokens"
    }

    /// The tenant of a row.
    pub(in crate::store) fn tenant(&self, row: &[ColumnValue]) -> Option<String> {
        match row.first() {
            Some(ColumnValue::Text(tenant)) if !self.is_global => Some(tenant.clone()),
            _ => None,
        }
    }
}
