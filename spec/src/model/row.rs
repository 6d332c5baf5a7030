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

/// Where something stands in the spec, and what it was written from.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Keys that lead to it, joined by dots: `resources.Shelf.fields.title`.
    pub path: String,
    /// Its place in the spec's text.
    pub position: Position,
    /// Lines it was written from.
    pub at: Vec<Cited>,
    /// Rulings that shaped it.
    pub rulings: Vec<String>,
    /// Where it comes from.
    pub source: super::SourceKind,
}

impl Row {
    /// The citations as one text, empty when there are none.
    #[must_use]
    pub fn cited(&self) -> String {
        let cited: Vec<String> = self.at.iter().map(ToString::to_string).collect();
        cited.join(", ")
    }
}
