//! Objects with members that no spec names.

use serde_json::{Value, json};

use super::part::reference;
use super::pattern::TEXT;

/// The name of the schema for any value without U+0000 in its texts. Names in specs contain no
/// full stop.
pub(crate) const ANY: &str = "Any.Value";

/// Any object without U+0000 in its texts.
pub(crate) fn map() -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": TEXT },
        "additionalProperties": reference(ANY),
    })
}

/// Any value without U+0000 in its texts.
pub(crate) fn any() -> Value {
    json!({
        "description": "Any value without U+0000 in its texts.",
        "anyOf": [
            { "type": ["boolean", "number", "null"] },
            { "type": "string", "pattern": TEXT },
            { "type": "array", "items": reference(ANY) },
            map(),
        ],
    })
}
