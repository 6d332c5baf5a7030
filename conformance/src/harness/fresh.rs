//! Values that no other request of any run uses.
//!
//! They are derived from the time when the harness started and from a number of the
//! obligation, so they do not depend on which other obligations are judged.

use fieldproof_spec::model::Field;
use proptest::strategy::BoxedStrategy;
use serde_json::{Map, Value};

use super::Harness;
use crate::kind::Source;

impl Harness<'_> {
    /// A number that this obligation has not used.
    pub fn number(&self) -> u64 {
        self.count.set(self.count.get().wrapping_add(1));
        self.count.get()
    }

    /// A word of lower-case letters and digits that no other run has used.
    pub fn word(&self) -> String {
        format!("w{:x}x{}", self.mark.get(), self.number())
    }

    /// A number of twelve digits that no other run has used.
    pub fn nonce(&self) -> u64 {
        self.mark.get().wrapping_add(self.number()) % 1_000_000_000_000
    }

    /// A text of `min` to `max` characters that this obligation has not used.
    pub fn text(&self, min: u32, max: u32) -> String {
        Source::text(self, min, max)
    }
}

impl Source for Harness<'_> {
    fn word(&self) -> String {
        Harness::word(self)
    }

    fn nonce(&self) -> u64 {
        Harness::nonce(self)
    }

    fn drawn(&self, strategy: BoxedStrategy<Value>) -> Value {
        self.draw(&strategy)
    }

    fn unused(&self, field: &Field, owner: &Map<String, Value>) -> Value {
        self.fresh_for(field, owner)
    }
}
