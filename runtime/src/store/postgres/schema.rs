//! Tables and indexes. The tenant is first in each primary key and each index, so that rows of a
//! tenant stand together, and a database that spreads tables over machines can spread these by
//! tenant. Texts are ordered by their bytes, as in the other stores.

use super::ledger::tables::{INDEXES, TABLES};
use crate::store::Error;
use crate::store::tables::Words;
use crate::table::Table;

use sha2::{Digest, Sha256};

/// How a column of texts is declared.
pub(super) const TEXT: &str = "TEXT COLLATE \"C\"";

/// Longest name that PostgreSQL does not cut, in bytes.
const LONGEST: usize = 63;

/// The tables of the store itself: settings of the deployment, clocks of tenants, the numbers that
/// they take, and the shapes that tables had.
const OWN: &[(&str, &str)] = &[
    (
        "settings",
        "tenant TEXT COLLATE \"C\" NOT NULL, name TEXT COLLATE \"C\" NOT NULL, value TEXT NOT NULL, \
         PRIMARY KEY(tenant, name)",
    ),
    (
        "clocks",
        "tenant TEXT COLLATE \"C\" PRIMARY KEY, instant BIGINT NOT NULL, number BIGINT NOT NULL, \
         bound BIGINT NOT NULL, schema BIGINT NOT NULL",
    ),
    (
        "numbers",
        "tenant TEXT COLLATE \"C\" PRIMARY KEY, next BIGINT NOT NULL, seed BIGINT NOT NULL",
    ),
    (
        "schemas",
        "tenant TEXT COLLATE \"C\" NOT NULL, number BIGINT NOT NULL, \
         name TEXT COLLATE \"C\" NOT NULL, shape TEXT NOT NULL, version TEXT NOT NULL, \
         made BIGINT NOT NULL, PRIMARY KEY(tenant, number, name)",
    ),
    (
        "tokens",
        "tenant TEXT COLLATE \"C\" NOT NULL, hash TEXT COLLATE \"C\" NOT NULL, \
         id TEXT COLLATE \"C\" NOT NULL, created TEXT COLLATE \"C\" NOT NULL, \
         grantee TEXT COLLATE \"C\" NOT NULL, scopes TEXT NOT NULL, owner TEXT, \
         client BIGINT NOT NULL, PRIMARY KEY(tenant, hash)",
    ),
];

/// What is PostgreSQL's own in the tables of objects.
pub(super) static WORDS: Words = Words {
    mark: '$',
    number: "BIGINT",
    text: TEXT,
    common: &[
        ("tenant", "TEXT COLLATE \"C\" NOT NULL"),
        ("id", "TEXT COLLATE \"C\" NOT NULL"),
        ("parent", TEXT),
        ("version", "BIGINT NOT NULL"),
        ("created", "BIGINT NOT NULL"),
        ("updated", "BIGINT NOT NULL"),
        ("body", "TEXT NOT NULL"),
        ("\"full\"", "TEXT"),
        ("hidden", "TEXT"),
        // Members that a spec once had, as a migration left them.
        ("kept", "TEXT"),
        // The rules that a migration found broken and accepted.
        ("unfit", "TEXT"),
    ],
    end: "",
    index: uncut,
};

/// A table or an index, and the statement that makes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) make: String,
}

/// Everything that every database has.
pub(super) fn parts() -> Vec<Part> {
    let tables = OWN.iter().chain(TABLES).map(|(name, columns)| Part {
        name: (*name).to_owned(),
        make: format!("CREATE TABLE \"{name}\"({columns})"),
    });
    let indexes = INDEXES.iter().map(|(name, on)| Part {
        name: (*name).to_owned(),
        make: format!("CREATE INDEX \"{name}\" ON {on}"),
    });
    tables.chain(indexes).collect()
}

/// Refuses names that the database would cut.
///
/// # Errors
/// A name is too long.
pub(super) fn refuse_long(tables: &[&Table]) -> Result<(), Error> {
    for table in tables {
        let own = WORDS.columns(table).map(|(name, _)| name);
        let mut names = own.chain([table.name.to_owned()]);
        if let Some(name) = names.find(|name| name.len() > LONGEST) {
            let why = format!("`{name}` is longer than the {LONGEST} bytes that names have there");
            return Err(Error::new("make the tables", why));
        }
    }
    Ok(())
}

/// The name of an index, which is not cut.
fn uncut(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let hash = Sha256::digest(name);
    let digits = hash[..16].iter().map(|byte| format!("{byte:02x}"));
    format!("index_{}", digits.collect::<String>())
}
