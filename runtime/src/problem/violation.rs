//! Single violations.

use serde_json::{Value, json};

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where.
    pub at: At,
    /// What kind: `required`, `type`, `too_long`, `read_only` and so on.
    pub code: &'static str,
    /// What would be right.
    pub detail: String,
}

/// A place in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A value of the body, by JSON Pointer (RFC 6901).
    Pointer(String),
    /// A parameter of the query string, by name.
    Parameter(String),
    /// A header, by name.
    Header(String),
}

impl Violation {
    /// The violation as it stands in an answer.
    #[must_use]
    pub fn json(&self) -> Value {
        let (kind, place) = match &self.at {
            At::Pointer(place) => ("pointer", place),
            At::Parameter(place) => ("parameter", place),
            At::Header(place) => ("header", place),
        };
        json!({ kind: place, "code": self.code, "detail": self.detail })
    }
}
