//! Values on both sides of a rule.

use serde_json::Value;

/// The codes of a violation, any of which is right.
pub(crate) type Codes = &'static [&'static str];

/// A value with its shown form.
pub(crate) type Shown = (Value, Value);

/// Accepted and refused values.
#[derive(Debug, Clone)]
pub(crate) struct Cases<T> {
    /// Accepted values.
    pub(crate) taken: Vec<T>,
    /// Refused values with their codes.
    pub(crate) refused: Vec<(Value, Codes)>,
}

/// The codes for a text that violates the documented syntax.
pub(crate) const SYNTAX: Codes = &["format", "too_long", "not_a_value", "blank", "type"];

/// The codes for a value of another JSON type.
const TYPE: Codes = &["type"];

impl<T> Default for Cases<T> {
    fn default() -> Self {
        let (taken, refused) = (Vec::new(), Vec::new());
        Self { taken, refused }
    }
}

impl Cases<Shown> {
    /// Accepted texts with their shown form, and refused texts.
    pub(crate) fn texts<'t>(
        taken: impl IntoIterator<Item = (&'t str, &'t str)>,
        refused: &[&str],
    ) -> Self {
        let taken = taken.into_iter();
        Self {
            taken: taken
                .map(|(sent, shown)| (sent.into(), shown.into()))
                .collect(),
            refused: Vec::new(),
        }
        .without(refused.iter().copied())
    }

    /// The same cases with more refused texts.
    pub(crate) fn without<'t>(mut self, refused: impl IntoIterator<Item = &'t str>) -> Self {
        let refused = refused.into_iter().map(|text| (text.into(), SYNTAX));
        self.refused.extend(refused);
        self
    }
}

impl Cases<Value> {
    /// Accepted values, and values refused for their type.
    pub(crate) fn read(taken: Vec<Value>, refused: Vec<Value>) -> Self {
        let refused = refused.into_iter().map(|value| (value, TYPE)).collect();
        Self { taken, refused }
    }
}
