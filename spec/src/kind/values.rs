//! Closed lists of texts.

use serde_json::Value;

use super::facts::{Key, Kind};
use super::text::text;
use crate::syntax::Asks;

/// One of these texts.
pub(super) struct Values<'a>(pub(super) &'a [String]);

impl Kind for Values<'_> {
    fn takes(&self, key: Key) -> bool {
        matches!(
            key,
            Key::Max | Key::Min | Key::Values | Key::Folded | Key::Lenient | Key::Blank
        )
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_textual() || asks == Asks::Several
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_compared(&self) -> bool {
        true
    }

    fn is_set_up(&self) -> bool {
        true
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let text = text(value, 0, u32::MAX)?;
        match self.0.iter().any(|one| one == text) {
            true => Ok(value.clone()),
            false => Err("not_a_value"),
        }
    }
}
