//! Types that a sibling decides.

use serde_json::Value;

use super::facts::{Key, Kind, Within};
use crate::model::Type;
use crate::syntax::Asks;

/// The sibling, a type for each of its values, and whether some of these are not texts.
pub(super) struct Choice<'a> {
    pub(super) by: &'a str,
    pub(super) of: &'a [(String, Type)],
    pub(super) mixed: bool,
}

impl Kind for Choice<'_> {
    fn takes(&self, _key: Key) -> bool {
        false
    }

    fn carries(&self, asks: Asks) -> bool {
        !self.mixed && asks.is_textual()
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_compared(&self) -> bool {
        !self.mixed
    }

    fn is_mixed(&self) -> bool {
        self.mixed
    }

    fn read(&self, _value: &Value) -> Result<Value, &'static str> {
        Err("type")
    }

    fn within(&self) -> Option<Within<'_>> {
        Some(Within::Choice(self.by, self.of))
    }

    fn has_default(&self) -> bool {
        false
    }

    fn is_whole(&self) -> bool {
        false
    }
}
