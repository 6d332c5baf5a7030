//! Texts that match a regular expression.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::text::text;
use crate::pattern::Pattern;
use crate::syntax::Asks;

/// A text of `min` to `max` characters that contains a match.
pub(super) struct Matching<'a> {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) pattern: &'a Pattern,
}

impl Kind for Matching<'_> {
    fn takes(&self, key: Key) -> bool {
        matches!(
            key,
            Key::Max | Key::Min | Key::Pattern | Key::Reserved | Key::Lenient | Key::Blank
        )
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_textual()
    }

    fn empty(&self) -> Value {
        match self.min == 0 && self.pattern.is_found("") {
            true => Value::String(String::new()),
            false => Value::Null,
        }
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match self.pattern.is_found(text(value, self.min, self.max)?) {
            true => Ok(value.clone()),
            false => Err("format"),
        }
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Length(self.min, self.max))
    }

    fn lengths(&self) -> (u32, u32) {
        (self.min, self.max)
    }

    fn is_set_up(&self) -> bool {
        false
    }
}
