//! Passwords: stored as a hash, never shown.

use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::{Cases, Kind, Within, length};
use crate::strategy::text;

/// A text that is only sent again to log in.
pub(super) struct Password {
    min: u32,
    max: u32,
}

impl Password {
    pub(super) fn new(min: u32, max: u32) -> Self {
        Self { min, max }
    }
}

impl Kind for Password {
    fn wording(&self) -> String {
        format!("a password of {}", length::characters(self.min, self.max))
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        text(self.min, self.max.min(24).max(self.min))
    }

    fn bounds(&self, front: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        length::bounds(self.min, self.max, front)
    }
}
