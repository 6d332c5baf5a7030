//! Values on both sides of a rule.

use serde_json::Value;

/// The codes of which one says what is wrong.
pub(crate) type Codes = &'static [&'static str];

/// A value with what is shown of it.
pub(crate) type Shown = (Value, Value);

/// Values that are taken, and values that are refused.
#[derive(Debug, Clone)]
pub(crate) struct Cases<T> {
    /// What is taken.
    pub(crate) taken: Vec<T>,
    /// What is refused, and with which codes.
    pub(crate) refused: Vec<(Value, Codes)>,
}

/// What says that a text is not of the documented syntax.
pub(crate) const SYNTAX: Codes = &["format", "too_long", "not_a_value", "blank", "type"];

/// Every way in which a value of another JSON type is refused.
const TYPE: Codes = &["type"];

impl<T> Default for Cases<T> {
    fn default() -> Self {
        let (taken, refused) = (Vec::new(), Vec::new());
        Self { taken, refused }
    }
}

impl Cases<Shown> {
    /// Texts of a syntax, each with what is shown of it, and near misses.
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

    /// The same with more texts that are refused.
    pub(crate) fn without<'t>(mut self, refused: impl IntoIterator<Item = &'t str>) -> Self {
        let refused = refused.into_iter().map(|text| (text.into(), SYNTAX));
        self.refused.extend(refused);
        self
    }
}

impl Cases<Value> {
    /// Values that are read, and values of which the type is not.
    pub(crate) fn read(taken: Vec<Value>, refused: Vec<Value>) -> Self {
        let refused = refused.into_iter().map(|value| (value, TYPE)).collect();
        Self { taken, refused }
    }
}
