//! Secrets of clients, of which answers only show whether they exist.

use fieldproof_spec::model::Field;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::{Json, Kind, Within, length};
use crate::strategy::text;

/// Written as a text, shown as a Boolean.
pub(super) struct Secret {
    min: u32,
    max: u32,
}

impl Secret {
    pub(super) fn new(min: u32, max: u32) -> Self {
        Self { min, max }
    }
}

impl Kind for Secret {
    fn wording(&self) -> String {
        format!("a secret of {}", length::characters(self.min, self.max))
    }

    fn json(&self) -> Json {
        Json::Truth
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        text(self.min, self.max.min(24).max(self.min))
    }

    fn is_masked(&self) -> bool {
        true
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        let (few, many) = (self.min.saturating_sub(1), self.max + 1);
        vec![
            (length::filled("", "x", many), "too_long"),
            (length::filled("", "x", few), "too_short"),
        ]
    }

    /// A Boolean may stand for a stored secret.
    fn other_types(&self, _: &Field) -> Vec<Value> {
        vec![json!(1), json!([1]), json!({ "x": 1 })]
    }
}
