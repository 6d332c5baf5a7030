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

/// A column whose value also identifies an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// The index of the column.
    pub column: usize,
    /// Whether case is ignored.
    pub folded: bool,
}

impl Lookup {
    /// By the exact text.
    #[must_use]
    pub const fn exact(column: usize) -> Self {
        let folded = false;
        Self { column, folded }
    }

    /// By the text in any case.
    #[must_use]
    pub const fn folded(column: usize) -> Self {
        let folded = true;
        Self { column, folded }
    }
}
