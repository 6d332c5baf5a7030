//! How a program reads objects that another version of it stored.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ColumnValue, Row, Stored};
use crate::problem::{Problem, Violation};
use crate::table::Table;

/// A table whose stored objects the program can read and write again when its spec changes.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// The table.
    pub table: &'static Table,
    /// Reads one object of it.
    pub reform: Reform,
}

impl Model {
    /// The model of the objects of `table`.
    #[must_use]
    pub const fn new(table: &'static Table, reform: Reform) -> Self {
        Self { table, reform }
    }
}

/// Reads a stored object by the rules of this program.
///
/// # Errors
/// The object cannot be read at all; what breaks a rule is no error.
pub type Reform = fn(&Older<'_>) -> Result<Reformed, Problem>;

/// An object that may have been stored by another version of the program.
#[derive(Debug)]
pub struct Older<'a> {
    /// The object as it is stored; its secrets are decrypted.
    pub stored: &'a Stored,
    /// The tenant that it belongs to.
    pub tenant: &'a str,
    /// All of its members, also the secret ones.
    pub members: &'a Value,
    /// The names of members that are new or have other rules than when it was stored; `None` if
    /// that is not known.
    pub changed: Option<&'a BTreeSet<String>>,
}

/// A stored object as this program reads it.
#[derive(Debug)]
pub enum Reformed {
    /// It keeps every rule that changed.
    Legal {
        /// The object as this program would have stored it; its version is not set.
        row: Box<Row>,
        /// All of its members, also the secret ones.
        members: Value,
    },
    /// It breaks rules that changed.
    Broken {
        /// The rules.
        found: Vec<Violation>,
        /// The values of its columns, if the object can be read in spite of it.
        cells: Option<Vec<ColumnValue>>,
    },
}
