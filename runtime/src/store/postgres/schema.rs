//! Tables and indexes. The tenant is first in each primary key and each index, so that rows of a
//! tenant stand together, and a database that spreads tables over machines can spread these by
//! tenant. Texts are ordered by their bytes, as in the other stores.

use std::fmt::Write;

use super::ledger::tables::{INDEXES, TABLES};
use crate::store::Error;
use crate::store::statements::{self, indexed};
use crate::table::Table;

use sha2::{Digest, Sha256};

/// How a column of texts is declared.
const TEXT: &str = "TEXT COLLATE \"C\"";

/// Longest name that PostgreSQL does not cut, in bytes.
const LONGEST: usize = 63;

/// The tables of the store itself: settings of the deployment, clocks of tenants, and the
/// numbers that they take.
const OWN: &[(&str, &str)] = &[
    (
        "settings",
        "tenant TEXT COLLATE \"C\" NOT NULL, name TEXT COLLATE \"C\" NOT NULL, value TEXT NOT NULL, \
         PRIMARY KEY(tenant, name)",
    ),
    (
        "clock",
        "tenant TEXT COLLATE \"C\" PRIMARY KEY, instant BIGINT NOT NULL, number BIGINT NOT NULL, \
         bound BIGINT NOT NULL",
    ),
    (
        "numbers",
        "tenant TEXT COLLATE \"C\" PRIMARY KEY, next BIGINT NOT NULL, seed BIGINT NOT NULL",
    ),
    (
        "tokens",
        "tenant TEXT COLLATE \"C\" NOT NULL, hash TEXT COLLATE \"C\" NOT NULL, \
         id TEXT COLLATE \"C\" NOT NULL, created TEXT COLLATE \"C\" NOT NULL, \
         grantee TEXT COLLATE \"C\" NOT NULL, scopes TEXT NOT NULL, owner TEXT, \
         client BIGINT NOT NULL, PRIMARY KEY(tenant, hash)",
    ),
];

/// A table or an index, and the statement that makes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) make: String,
}

/// Everything that a database of these tables has.
///
/// # Errors
/// A name is too long.
pub(super) fn parts(tables: &[&'static Table]) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    for (name, columns) in OWN.iter().chain(TABLES) {
        parts.push(Part {
            name: (*name).to_owned(),
            make: format!("CREATE TABLE \"{name}\"({columns})"),
        });
    }
    for (name, on) in INDEXES {
        parts.push(index(name, on));
    }
    for table in tables {
        parts.push(whole(table)?);
        parts.extend(indexes(table));
    }
    Ok(parts)
}

/// The columns in the database for the columns of a table.
pub(super) fn columns(table: &Table) -> impl Iterator<Item = (String, &'static str)> {
    statements::columns(table, "BIGINT", TEXT)
}

fn whole(table: &Table) -> Result<Part, Error> {
    let own: Vec<(String, &str)> = columns(table).collect();
    let names = own.iter().map(|(name, _)| name.as_str());
    if let Some(name) = names.chain([table.name]).find(|name| name.len() > LONGEST) {
        let why = format!("`{name}` is longer than the {LONGEST} bytes that names have there");
        return Err(Error::new("make the tables", why));
    }
    let mut make = format!(
        "CREATE TABLE \"{}\"(tenant {TEXT} NOT NULL, id {TEXT} NOT NULL, parent {TEXT}, \
         version BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL, \
         body TEXT NOT NULL, \"full\" TEXT, hidden TEXT, ",
        table.name
    );
    for (name, kind) in own {
        let _ = write!(make, "\"{name}\" {kind}, ");
    }
    make.push_str("PRIMARY KEY(tenant, id))");
    let name = table.name.to_owned();
    Ok(Part { name, make })
}

/// An index with a name that is not cut.
fn index(name: &str, on: &str) -> Part {
    let name = match name.len() > LONGEST {
        true => {
            let hash = Sha256::digest(name);
            let digits = hash[..16].iter().map(|byte| format!("{byte:02x}"));
            format!("index_{}", digits.collect::<String>())
        }
        false => name.to_owned(),
    };
    let make = format!("CREATE INDEX \"{name}\" ON {on}");
    Part { name, make }
}

fn indexes(table: &Table) -> Vec<Part> {
    let of = |name: &str, on: &str| {
        let table = table.name;
        index(
            &format!("{table}_{name}"),
            &format!("\"{table}\"(tenant, {on})"),
        )
    };
    let mut indexes = vec![match table.parent {
        Some(_) => of("parent", "parent, created, id"),
        None => of("created", "created, id"),
    }];
    indexes.extend(indexed(table).map(|(name, on)| of(name, &on)));
    indexes
}
