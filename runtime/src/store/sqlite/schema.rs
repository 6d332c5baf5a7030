//! Tables and indexes.

use rusqlite::Connection;

use super::identity;
use super::keys::SEALS;
use super::ledger::TABLES;
use super::ready::PROBES;
use crate::store::tables::Words;

/// The table with the row from which instants and numbers are derived.
const CLOCK: &str = "
    CREATE TABLE IF NOT EXISTS clock(
        one INTEGER PRIMARY KEY CHECK(one = 1),
        instant INTEGER NOT NULL,
        number INTEGER NOT NULL,
        seed INTEGER NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO clock VALUES(1, 0, 0, abs(random()) % 16777216);
";

/// The table of shapes: `number` counts the migrations of the database, the row of a table with
/// the highest one is how the table is now.
const SCHEMAS: &str = "
    CREATE TABLE IF NOT EXISTS schemas(
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        shape TEXT NOT NULL,
        version TEXT NOT NULL,
        made INTEGER NOT NULL,
        PRIMARY KEY(number, name)
    ) STRICT;
";

/// Columns that every table has.
const COMMON: &[(&str, &str)] = &[
    ("tenant", "TEXT NOT NULL"),
    ("id", "TEXT NOT NULL"),
    ("parent", "TEXT"),
    ("version", "INTEGER NOT NULL"),
    ("created", "INTEGER NOT NULL"),
    ("updated", "INTEGER NOT NULL"),
    ("body", "TEXT NOT NULL"),
    ("\"full\"", "TEXT"),
    ("hidden", "TEXT"),
    // Members that a spec once had, as a migration left them.
    ("kept", "TEXT"),
    // The rules that a migration found broken and accepted.
    ("unfit", "TEXT"),
];

/// Creates the tables of the runtime that do not exist yet and are not tables of objects, within
/// a transaction.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("{CLOCK} {TABLES} {SCHEMAS} {SEALS} {PROBES}"))?;
    identity::mark(connection)
}

/// What is SQLite's own in the tables of objects.
pub(super) static WORDS: Words = Words {
    mark: '?',
    number: "INTEGER",
    text: "TEXT",
    common: COMMON,
    end: " STRICT",
    index: |name| name,
};

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::store::INVITATIONS;
    use crate::table::{
        Attribute, Column, ColumnKind, Filter, FilterValue, List, Lookup, Op, Table, Unique,
    };

    const fn column(name: &'static str, kind: ColumnKind) -> Column {
        Column { name, kind }
    }

    #[test]
    fn what_is_looked_for_has_an_index_and_numbers_that_are_filtered_have_none() {
        static THINGS: Table = Table {
            columns: &[
                column("text", ColumnKind::Text),
                column("outside", ColumnKind::External),
                column("number", ColumnKind::Number),
                column("seat", ColumnKind::Number),
                column("rest", ColumnKind::Text),
                column("login", ColumnKind::Text),
                column("badge", ColumnKind::External),
            ],
            unique: &[
                Unique {
                    columns: &[3],
                    members: &["seat"],
                    in_parent: false,
                },
                Unique {
                    columns: &[0],
                    members: &["text"],
                    in_parent: false,
                },
            ],
            lookups: &[Lookup::folded(5), Lookup::exact(6)],
            list: List {
                page: None,
                envelope: None,
                sort: None,
                intervals: &[],
                filters: &[Filter {
                    names: &["any"],
                    fields: &[
                        Attribute::Column(0),
                        Attribute::Column(1),
                        Attribute::Column(2),
                    ],
                    op: Op::Equals,
                    read: FilterValue::Exact,
                }],
            },
            ..Table::internal("things")
        };
        let on = |table: &Table| -> Vec<String> {
            let indexes = WORDS.indexes(table);
            let on = |sql: &str| sql.split("(tenant, ").nth(1).map(str::to_owned);
            indexes.iter().filter_map(|one| on(&one.make)).collect()
        };
        assert_eq!(
            on(&THINGS),
            [
                "created, id)",
                "\"f_text\") WHERE (\"f_text\" IS NOT NULL)",
                "\"c_text\") WHERE (\"c_text\" IS NOT NULL)",
                "\"c_outside\") WHERE (\"c_outside\" IS NOT NULL)",
                "\"c_seat\") WHERE (\"c_seat\" IS NOT NULL)",
                "\"f_login\") WHERE (\"f_login\" IS NOT NULL)",
                "\"c_badge\") WHERE (\"c_badge\" IS NOT NULL)"
            ]
        );
        assert_eq!(
            on(&INVITATIONS),
            ["created, id)", "\"c_hash\") WHERE (\"c_hash\" IS NOT NULL)"]
        );
    }
}
