//! Bounds of numbers and of lengths, as they are written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// A number; a whole one for everything but decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Limit(Number);

impl Limit {
    /// The number when it is a whole one.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The number as it is written.
    #[must_use]
    pub fn number(&self) -> &Number {
        &self.0
    }

    /// The number, rounded to what a double tells apart.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.as_f64().unwrap_or_default()
    }
}
