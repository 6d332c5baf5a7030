//! Violations in bodies.

use serde_json::Value;

/// A violation in a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The JSON Pointer of its place.
    pub pointer: String,
    /// Its code.
    pub code: &'static str,
}

impl Violation {
    /// A violation of the kind `code` at `pointer`.
    #[must_use]
    pub fn new(pointer: &str, code: &'static str) -> Self {
        let pointer = pointer.to_owned();
        Self { pointer, code }
    }
}

/// Adds a violation and returns no value.
pub(super) fn refuse(
    found: &mut Vec<Violation>,
    pointer: &str,
    code: &'static str,
) -> Option<Value> {
    found.push(Violation::new(pointer, code));
    None
}
