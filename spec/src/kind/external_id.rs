//! External identifiers.

use serde_json::Value;

use super::facts::Kind;
use super::text::text;
use crate::syntax::{Asks, IdKind};

/// An opaque text of 1 to 255 characters; UUIDs among them are case-insensitive.
pub(super) struct ExternalId;

impl Kind for ExternalId {
    // It may stand for a text or a number, so it has no words to search.
    fn carries(&self, asks: Asks) -> bool {
        asks.is_equality()
    }

    fn compared_as(&self) -> &'static str {
        "external-id"
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, 1, 255).map(Value::from)
    }
}

/// The form in which external identifiers are compared.
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
