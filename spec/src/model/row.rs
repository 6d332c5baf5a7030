//! Rows: the places of a spec that cite a document.

use crate::diagnostic::Position;

/// Lines of a named document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cited {
    /// The document's name in the spec.
    pub document: String,
    /// First line, from 1.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

impl std::fmt::Display for Cited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.document, self.first)?;
        if self.last != self.first {
            write!(f, "-{}", self.last)?;
        }
        Ok(())
    }
}

/// A row: its position in the spec, and the document lines it is based on.
#[derive(Debug, Clone)]
pub struct Row {
    /// The keys that lead to it, joined by dots: `resources.Shelf.fields.title`.
    pub path: String,
    /// Its position in the text of the spec.
    pub position: Position,
    /// The document lines it is based on.
    pub at: Vec<Cited>,
    /// Rulings that shaped it.
    pub rulings: Vec<String>,
    /// The kind of its source.
    pub source: super::SourceKind,
}

/// Rows are the same when they say the same, wherever they stand: what is written above
/// them changes nothing.
impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            path,
            position: _,
            at,
            rulings,
            source,
        } = self;
        (path, at, rulings, source) == (&other.path, &other.at, &other.rulings, &other.source)
    }
}

impl Row {
    /// The citations as one text; empty if there are none.
    #[must_use]
    pub fn cited(&self) -> String {
        let cited: Vec<String> = self.at.iter().map(ToString::to_string).collect();
        cited.join(", ")
    }
}
