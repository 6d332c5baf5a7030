//! Names.

use serde_json::Value;

use super::facts::Kind;
use super::text::text;
use crate::syntax::Op;

/// A letter, then letters, digits, `.`, `_` and `-`; at most 255 characters.
pub(super) struct Name;

impl Kind for Name {
    fn carries(&self, op: Op) -> bool {
        matches!(op, Op::Equals | Op::EqualsFolded | Op::ContainsWords)
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match is_name(text(value, 0, 255)?) {
            true => Ok(value.clone()),
            false => Err("format"),
        }
    }
}

/// A letter, then letters, digits, dots, hyphens and underscores.
pub(crate) fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain)
}
