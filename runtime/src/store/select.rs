//! Queries for lists of objects.

use super::ColumnValue;
use crate::paging::{Behind, Position};
use crate::table::{Attribute, Table};

/// A query for objects: which ones, in which order and how many.
#[derive(Debug, Clone)]
pub struct Select {
    /// The table.
    pub table: &'static Table,
    /// The tenant.
    pub tenant: String,
    /// Select only children of this object.
    pub parent: Option<String>,
    /// Whether to return the texts for callers with the table's scope.
    pub privileged: bool,
    /// Conditions that all have to hold.
    pub conditions: Vec<Condition>,
    /// The sort order; ties are ordered by identifier.
    pub order: Attribute,
    /// Whether to sort descending, which is the exact reverse of ascending.
    pub descending: bool,
    /// Select only objects behind this one.
    pub after: Option<Behind>,
    /// Maximum number of objects; `None` is all.
    pub limit: Option<u32>,
    /// Number of objects to skip.
    pub offset: u64,
}

/// A condition on objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// At least one of the terms holds.
    Any(Vec<Term>),
    /// Each of the texts is contained in one of the fields.
    Each {
        /// The fields.
        fields: Vec<Attribute>,
        /// Whether text columns compare by their folded form.
        folded: bool,
        /// The texts.
        texts: Vec<String>,
    },
}

/// Compares a field with a value; `null` matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field.
    pub field: Attribute,
    /// Whether a text column compares by its folded form.
    pub folded: bool,
    /// How they are compared.
    pub compare: Compare,
    /// The value.
    pub value: ColumnValue,
}

/// How a field is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// They are equal.
    Equal,
    /// The field is greater.
    Greater,
    /// The field is equal or greater.
    Least,
    /// The field is less.
    Less,
    /// The field is equal or less.
    Most,
}

/// The objects of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// A JSON array of the objects.
    pub body: String,
    /// The number of objects on the page.
    pub count: u64,
    /// The position of the last object, if the page is full.
    pub last: Option<Position>,
    /// The number of objects on all pages.
    pub total: u64,
    /// The number of objects after [`Select::after`].
    pub rest: u64,
}
