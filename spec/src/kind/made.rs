//! Values that the server generates: identifiers, tokens, and times with their zone.

use serde_json::Value;

use super::facts::{Key, Kind, Within};
use super::text::text;
use crate::syntax::Asks;

/// The identifier of the resource itself.
pub(super) struct Id;

/// A random secret.
pub(super) struct Token;

/// The time of creation as an object with a local date and time and its zone.
pub(super) struct ZonedTime;

impl Kind for Id {
    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn carries(&self, asks: Asks) -> bool {
        asks == Asks::Value
    }

    fn compared_as(&self) -> &'static str {
        "id"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_compared(&self) -> bool {
        true
    }

    fn is_readable(&self) -> bool {
        true
    }

    fn lengths(&self) -> (u32, u32) {
        (1, 24)
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, 0, u32::MAX).map(Value::from)
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn is_single(&self) -> bool {
        true
    }

    fn of_resources(&self) -> Option<&'static str> {
        Some("an id")
    }
}

impl Kind for Token {
    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn compared_as(&self) -> &'static str {
        "token"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, 0, u32::MAX).map(Value::from)
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn is_single(&self) -> bool {
        true
    }
}

impl Kind for ZonedTime {
    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_range()
    }

    fn compared_as(&self) -> &'static str {
        "zoned-time"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_set_up(&self) -> bool {
        true
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("read_only")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Made)
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn is_single(&self) -> bool {
        true
    }

    fn of_resources(&self) -> Option<&'static str> {
        Some("the moment of a create")
    }
}
