//! JSON types.

use serde_json::Value;

/// The JSON type of the values of a field type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Json {
    /// A string.
    Text,
    /// `true` or `false`.
    Truth,
    /// A number without a fraction.
    Whole,
    /// A number that may have a fraction.
    Fraction,
    /// An object.
    Object,
}

impl Json {
    /// Whether a value is of this type.
    pub(super) fn holds(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Truth => value.is_boolean(),
            Self::Whole => value.is_i64(),
            Self::Fraction => value.is_number(),
            Self::Object => value.is_object(),
        }
    }
}
