//! Questions for many objects.

use super::ColumnValue;
use crate::paging::Position;
use crate::table::{OrderBy, Table};

/// Which objects, in which order, how many.
#[derive(Debug, Clone)]
pub struct Select {
    /// The table.
    pub table: &'static Table,
    /// The tenant.
    pub tenant: String,
    /// Children of this object alone.
    pub parent: Option<String>,
    /// Texts as callers with the scope of the table see them.
    pub privileged: bool,
    /// All of these have to hold.
    pub conditions: Vec<Condition>,
    /// What is ordered by; equal objects follow by identifier.
    pub order: OrderBy,
    /// Largest first; the exact reverse of smallest first.
    pub descending: bool,
    /// Only objects behind this place in the order of creation.
    pub after: Option<Position>,
    /// Most objects; `None` is all.
    pub limit: Option<u32>,
    /// Objects left out at the front.
    pub offset: u64,
}

/// What has to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// One of the terms.
    Any(Vec<Term>),
    /// Each of the texts is part of one of the fields.
    Each {
        /// The fields.
        fields: Vec<OrderBy>,
        /// The folded form of text columns is compared.
        folded: bool,
        /// The texts.
        texts: Vec<String>,
    },
}

/// A field compared with a value; `null` fits nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field.
    pub field: OrderBy,
    /// The folded form of a text column is compared.
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
    /// A JSON array of them.
    pub body: String,
    /// How many they are.
    pub count: u64,
    /// The place of the last of them, when the page is full.
    pub last: Option<Position>,
    /// How many all pages have together.
    pub total: u64,
    /// How many of them stand behind [`Select::after`].
    pub rest: u64,
}
