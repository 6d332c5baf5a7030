//! How tables of objects are declared: what the databases have in common, and the few words that
//! they write differently.

use std::fmt::Write;

use super::statements::{self, indexed};
use crate::table::Table;

/// What one database writes in its own way.
#[derive(Debug)]
pub(super) struct Words {
    /// The sign before the number of a bound value.
    pub(super) mark: char,
    /// The type of numbers.
    pub(super) number: &'static str,
    /// The type of texts by which objects are found.
    pub(super) text: &'static str,
    /// The columns that every table has, as they are declared.
    pub(super) common: &'static [(&'static str, &'static str)],
    /// What the statement that makes a table ends with.
    pub(super) end: &'static str,
    /// The name that an index has there.
    pub(super) index: fn(String) -> String,
}

/// An index, and the statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) make: String,
}

impl Words {
    /// The columns in the database for the columns of a table.
    pub(super) fn columns<'t>(
        &self,
        table: &'t Table,
    ) -> impl Iterator<Item = (String, &'static str)> + use<'t> {
        statements::columns(table, self.number, self.text)
    }

    /// The statement that makes a table.
    pub(super) fn create_table(&self, table: &Table) -> String {
        let mut sql = format!("CREATE TABLE \"{}\"(", table.name);
        for (name, kind) in self.common {
            let _ = write!(sql, "{name} {kind}, ");
        }
        for (name, kind) in self.columns(table) {
            let _ = write!(sql, "\"{name}\" {kind}, ");
        }
        sql.push_str("PRIMARY KEY(tenant, id))");
        sql.push_str(self.end);
        sql
    }

    /// The indexes of a table; the tenant is first in each. No comparison finds `null`: those of
    /// values leave it out, or they would seem to have few different values where most lack one.
    pub(super) fn indexes(&self, table: &Table) -> Vec<Index> {
        let index = |name: &str, on: &str| {
            let table = table.name;
            let name = (self.index)(format!("{table}_{name}"));
            let make = format!("CREATE INDEX \"{name}\" ON \"{table}\"(tenant, {on})");
            Index { name, make }
        };
        let of_values = |(name, column): (String, String)| {
            let Index { name, make } = index(&name, &column);
            let make = format!("{make} WHERE ({column} IS NOT NULL)");
            Index { name, make }
        };
        let mut indexes = vec![match table.parent {
            Some(_) => index("parent", "parent, created, id"),
            None => index("created", "created, id"),
        }];
        indexes.extend(indexed(table).map(of_values));
        indexes
    }
}
