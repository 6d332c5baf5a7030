//! Columns of the store.

/// A column of a table, computed from the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the store.
    pub name: &'static str,
    /// The kind of its values.
    pub kind: ColumnKind,
}

/// The kind of values in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, with its folded form in a second column for sorting and comparison.
    Text,
    /// Text compared only exactly, sorted by code points.
    Exact,
    /// Text compared like an external identifier.
    External,
    /// Text compared ignoring case.
    Folded,
    /// A list of texts.
    List,
    /// A whole number, a boolean, ten-thousandths, microseconds or the rank of a double.
    Number,
}
