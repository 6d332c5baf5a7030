//! Identifiers from elsewhere.

use serde_json::Value;

use super::facts::Kind;
use super::text::text;
use crate::syntax::{IdKind, Op};

/// Opaque text of 1 to 255 characters; a UUID among them is compared in any case.
pub(super) struct ExternalId;

impl Kind for ExternalId {
    // It stands for the text and the number it is, so it has no words.
    fn carries(&self, op: Op) -> bool {
        matches!(op, Op::Equals | Op::EqualsFolded)
    }

    fn compared_as(&self) -> &'static str {
        "external-id"
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, 1, 255).map(Value::from)
    }
}

/// What two external identifiers are compared by.
pub fn compared(text: &str) -> String {
    match is_uuid(text) {
        true => text.to_lowercase(),
        false => text.to_owned(),
    }
}

/// Whether `text` has the shape of a UUID (RFC 9562 section 4).
pub(super) fn is_uuid(text: &str) -> bool {
    IdKind::Uuid.read(text).is_some()
}
