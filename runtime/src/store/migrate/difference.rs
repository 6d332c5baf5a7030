//! What differs between a table in the database and the same table in the program.

use std::collections::BTreeSet;

use super::shape::Shape;
use super::standing::Standing;
use crate::store::tables::Words;
use crate::table::Table;

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
    pub(super) fn between(standing: &Standing, table: &Table, words: &Words) -> Self {
        let now = Shape::of(table, words);
        let mut own = Self::default();
        own.compare_columns(standing, table, words);
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

    fn compare_columns(&mut self, standing: &Standing, table: &Table, words: &Words) {
        let there = &standing.columns;
        for (name, declared) in words.common {
            let name = name.replace('"', "");
            if !there.iter().any(|(own, _)| *own == name) {
                self.add.push((name, (*declared).to_owned()));
            }
        }
        let now: Vec<(String, String)> = words
            .columns(table)
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
        let same = |(_, own): &(String, String), sql: &String| bare(own) == bare(sql);
        let stays = |one: &&(String, String)| now.indexes.iter().any(|sql| same(one, sql));
        let gone = there.iter().filter(|one| !stays(one));
        self.drop_indexes = gone.map(|(name, _)| name.clone()).collect();
        let comes = now.indexes.iter();
        let comes = comes.filter(|sql| !there.iter().any(|one| same(one, sql)));
        self.make_indexes = comes.cloned().collect();
    }
}

/// A statement without the quotes of names, which a database may leave out.
fn bare(sql: &str) -> String {
    sql.replace('"', "")
}

/// Whether a column of the database holds values of a column of a table.
fn is_value(name: &str) -> bool {
    name.starts_with("c_") || name.starts_with("f_")
}
