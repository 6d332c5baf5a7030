//! What differs between a table in the database and the same table in the program.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::history::History;
use super::shape::Shape;
use crate::store::sqlite::schema::{COMMON, columns};
use crate::table::Table;

/// A table as it stands in the database.
#[derive(Debug)]
pub(super) struct Standing {
    /// The name that it had before this migration.
    pub(super) name: &'static str,
    /// Its columns with their types.
    columns: Vec<(String, String)>,
    /// Names and SQL of its indexes.
    indexes: Vec<(String, String)>,
    /// The shape by which it was made, if it was noted.
    pub(super) shape: Option<Shape>,
}

impl Standing {
    /// Looks at a table, which was called `name` before this migration; `None` if there is none.
    pub(super) fn of(
        connection: &Connection,
        history: &History,
        table: &Table,
        name: &'static str,
    ) -> rusqlite::Result<Option<Self>> {
        let list = |sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
            let mut query = connection.prepare(sql)?;
            let found = query.query_map([table.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
            found.collect()
        };
        let columns = list("SELECT name, type FROM pragma_table_info(?1)")?;
        if columns.is_empty() {
            return Ok(None);
        }
        let indexes = list(
            "SELECT name, sql FROM sqlite_master
             WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL",
        )?;
        let shape = match history.latest(name)? {
            Some((_, text)) => Shape::read(&text),
            None => lines(connection, table, name)?,
        };
        Ok(Some(Self {
            name,
            columns,
            indexes,
            shape,
        }))
    }
}

/// Whether there is a table of this name.
pub(super) fn is_there(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1";
    connection.prepare(sql)?.exists([name])
}

/// The shape that layout 1 noted, if it did.
fn lines(connection: &Connection, table: &Table, name: &str) -> rusqlite::Result<Option<Shape>> {
    if !is_there(connection, "shapes")? {
        return Ok(None);
    }
    let noted = "SELECT shape FROM shapes WHERE name = ?1";
    let noted = connection.query_row(noted, [name], |row| row.get::<_, String>(0));
    let now = Shape::of(table);
    Ok(noted.optional()?.map(|text| Shape::of_lines(&text, &now)))
}

/// What has to be done so that a table is that of the program.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Columns that come, with their types; those that every table has stand first.
    pub(super) add: Vec<(String, String)>,
    /// Columns that go.
    pub(super) drop: Vec<String>,
    /// Names of indexes that go.
    pub(super) drop_indexes: Vec<String>,
    /// Indexes that come, as SQL.
    pub(super) make_indexes: Vec<String>,
    /// Set if objects have to be read again.
    pub(super) read: Option<Again>,
    /// Combinations that have to be unique and had not to be.
    pub(super) unique: Vec<String>,
    /// Whether the noted shape is another one.
    pub(super) note: bool,
}

/// How objects are read again.
#[derive(Debug)]
pub(super) struct Again {
    /// Members whose rules changed; `None` if that is not known.
    pub(super) changed: Option<BTreeSet<String>>,
    /// Whether the values of columns have to be computed even where the text stays.
    pub(super) cells: bool,
}

impl Difference {
    /// Compares a table of the database with that of the program.
    pub(super) fn between(standing: &Standing, table: &Table) -> Self {
        let now = Shape::of(table);
        let mut own = Self::default();
        own.compare_columns(standing, table);
        own.compare_indexes(standing, &now);
        let Some(before) = &standing.shape else {
            let cells = own.adds_values();
            own.read = (cells || now.members.is_some()).then_some(Again {
                changed: None,
                cells,
            });
            own.note = true;
            return own;
        };
        own.note = *before != now || standing.name != table.name;
        let known = |rule: &&String| !before.unique.contains(rule);
        own.unique = now.unique.iter().filter(known).cloned().collect();
        let cells = own.adds_values() || before.columns != now.columns;
        let changed = before.changed(&now, table.renamed);
        // Their order is that of what is shown.
        let members = now.members.is_some() && before.members != now.members;
        // What is sealed is bound to the name of the table.
        let moved = standing.name != table.name;
        let others =
            moved || before.secrets != now.secrets || before.identifiers != now.identifiers;
        own.read = (cells || members || others).then_some(Again { changed, cells });
        own
    }

    /// Whether nothing has to be done.
    pub(super) fn is_none(&self) -> bool {
        let lists = self.add.is_empty() && self.drop.is_empty();
        let indexes = self.drop_indexes.is_empty() && self.make_indexes.is_empty();
        lists && indexes && self.read.is_none() && self.unique.is_empty() && !self.note
    }

    fn adds_values(&self) -> bool {
        self.add.iter().any(|(name, _)| is_value(name))
    }

    fn compare_columns(&mut self, standing: &Standing, table: &Table) {
        let there = &standing.columns;
        for (name, declared) in COMMON {
            let name = name.replace('"', "");
            if !there.iter().any(|(own, _)| *own == name) {
                self.add.push((name, (*declared).to_owned()));
            }
        }
        let now: Vec<(String, String)> = columns(table)
            .map(|(name, kind)| (name, kind.to_owned()))
            .collect();
        let gone = there.iter().filter(|one| is_value(&one.0));
        let gone = gone.filter(|one| !now.contains(one));
        self.drop = gone.map(|(name, _)| name.clone()).collect();
        let comes = now.into_iter().filter(|one| !there.contains(one));
        self.add.extend(comes);
    }

    fn compare_indexes(&mut self, standing: &Standing, now: &Shape) {
        let there = &standing.indexes;
        let gone = there.iter().filter(|(_, sql)| !now.indexes.contains(sql));
        self.drop_indexes = gone.map(|(name, _)| name.clone()).collect();
        let comes = now.indexes.iter();
        let comes = comes.filter(|sql| !there.iter().any(|(_, own)| own == *sql));
        self.make_indexes = comes.cloned().collect();
    }
}

/// Whether a column of the database holds values of a column of a table.
fn is_value(name: &str) -> bool {
    name.starts_with("c_") || name.starts_with("f_")
}
