//! What is wrong with a body.

use serde_json::Value;

/// One thing that is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Its place, a JSON Pointer.
    pub pointer: String,
    /// Its kind.
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

/// No value, and why.
pub(super) fn refuse(
    found: &mut Vec<Violation>,
    pointer: &str,
    code: &'static str,
) -> Option<Value> {
    found.push(Violation::new(pointer, code));
    None
}
