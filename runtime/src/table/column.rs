//! What the store knows of a column.

/// A column of a table, computed from the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the store.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text as it is, and folded in a second column for order and comparison.
    Text,
    /// Text as it is alone, for an order by code points.
    Exact,
    /// Text by which external identifiers are compared.
    External,
    /// Text without regard to case.
    Folded,
    /// Texts of a list.
    List,
    /// A whole number, a truth value, ten-thousandths or microseconds.
    Number,
}
