//! Free text.

use serde_json::Value;

use super::Rule;
use crate::body::Reading;

/// Text of `min` to `max` Unicode scalar values.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    min: usize,
    max: usize,
}

impl Text {
    /// A text without bounds of its own: one that a spec does not bound, or of which only a
    /// sibling or the server tells what it may be.
    pub const ANY: Self = Self::new(0, 10_000);

    /// Text of `min` to `max` Unicode scalar values.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self { min, max }
    }
}

impl Rule for Text {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        // A scalar value takes at least one byte, so short texts need not be counted.
        if text.len() > self.max && text.chars().count() > self.max {
            let detail = format!("must be at most {} characters long", self.max);
            reading.refuse(pointer, "too_long", detail);
            return None;
        }
        if self.min > 0 && text.chars().count() < self.min {
            let detail = format!("must be at least {} characters long", self.min);
            reading.refuse(pointer, "too_short", detail);
            return None;
        }
        Some(text)
    }
}

/// Reads a text without U+0000, which no store can keep.
pub(super) fn text(value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
    let Value::String(text) = value else {
        reading.refuse(pointer, "type", "must be text");
        return None;
    };
    if text.contains('\0') {
        reading.refuse(pointer, "invalid_character", "must not contain U+0000");
        return None;
    }
    Some(text)
}
