//! The shape of a table, as the database notes it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::store::tables::Words;
use crate::table::{Table, Unique};

/// What a table is made of, and what its values mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shape {
    /// The kind of identifiers.
    pub(super) identifiers: String,
    /// The table of its parents.
    pub(super) parent: Option<String>,
    /// Columns with the kind of their values. The database's own description does not tell how
    /// values are compared.
    pub(super) columns: Vec<(String, String)>,
    /// Paths of secret members, in the order in which their values are stored.
    pub(super) secrets: Vec<Vec<String>>,
    /// Combinations of columns that have to be unique.
    pub(super) unique: Vec<String>,
    /// Members and what holds for each; `None` if nothing notes them.
    pub(super) members: Option<Vec<(String, String)>>,
    /// Indexes, as SQL.
    pub(super) indexes: Vec<String>,
}

impl Shape {
    /// The shape of a table of this program.
    pub(super) fn of(table: &Table, words: &Words) -> Self {
        let members = table.forms.lines().filter_map(|line| {
            let (path, form) = line.split_once('\t')?;
            Some((path.to_owned(), form.to_owned()))
        });
        let columns = table.columns.iter();
        let columns = columns.map(|one| (one.name.to_owned(), format!("{:?}", one.kind)));
        let mut columns: Vec<(String, String)> = columns.collect();
        columns.sort();
        let secrets = table.secrets.iter();
        let indexes = words.indexes(table).into_iter();
        let path = |path: &[&str]| path.iter().map(|&name| name.to_owned()).collect();
        Self {
            identifiers: format!("{:?}", table.id_kind),
            parent: table.parent.as_ref().map(|one| one.table.name.to_owned()),
            columns,
            secrets: secrets.map(|one| path(one.path)).collect(),
            unique: table.unique.iter().map(|one| rule(table, one)).collect(),
            members: (!table.forms.is_empty()).then(|| members.collect()),
            indexes: indexes.map(|one| one.make).collect(),
        }
    }

    /// The text that the database notes.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("texts and lists of them")
    }

    /// The shape that the database noted.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The shape that layout 1 noted as lines: identifiers, parent and columns. What it did not
    /// note is taken to be as in `now`.
    pub(super) fn of_lines(text: &str, now: &Self) -> Self {
        let mut shape = Self {
            parent: None,
            columns: Vec::new(),
            members: None,
            ..now.clone()
        };
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("identifiers", kind)) => kind.clone_into(&mut shape.identifiers),
                Some(("parent", name)) => shape.parent = Some(name.to_owned()),
                Some((name, kind)) => shape.columns.push((name.to_owned(), kind.to_owned())),
                None => {}
            }
        }
        shape.columns.sort();
        shape
    }

    /// The outermost members that `now` has and this shape has not, or not with the same rules;
    /// `None` if one of them does not note its members. A member that was only `renamed` is the
    /// same.
    pub(super) fn changed(&self, now: &Self, renamed: &[(&str, &str)]) -> Option<BTreeSet<String>> {
        let (before, now) = (self.members.as_ref()?, now.members.as_ref()?);
        let called = |(path, form): &(String, String)| (renamed_path(path, renamed), form.clone());
        let before: Vec<(String, String)> = before.iter().map(called).collect();
        let differs = now.iter().filter(|one| !before.contains(one));
        let gone = before
            .iter()
            .filter(|(name, _)| !now.iter().any(|(own, _)| own == name));
        Some(differs.chain(gone).map(|(path, _)| outer(path)).collect())
    }
}

/// The path that a member has now.
pub(super) fn renamed_path(path: &str, renamed: &[(&str, &str)]) -> String {
    let mut path = path.to_owned();
    for (now, was) in renamed {
        let was = match now.rsplit_once('.') {
            Some((above, _)) => format!("{above}.{was}"),
            None => (*was).to_owned(),
        };
        match path.strip_prefix(&was) {
            Some("") => path = (*now).to_owned(),
            Some(rest) if rest.starts_with('.') => path = format!("{now}{rest}"),
            _ => {}
        }
    }
    path
}

/// The outermost member of a path such as `lines.article`.
pub(super) fn outer(path: &str) -> String {
    path.split('.').next().unwrap_or(path).to_owned()
}

/// A combination as text: where it has to be unique, and its columns.
pub(super) fn rule(table: &Table, unique: &Unique) -> String {
    let names = unique.columns.iter().map(|at| table.columns[*at].name);
    let names: Vec<&str> = names.collect();
    let within = match unique.in_parent {
        true => "parent",
        false => "tenant",
    };
    format!("{within}: {}", names.join(", "))
}
