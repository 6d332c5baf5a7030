//! Universally unique identifiers.

use serde_json::Value;

use super::external_id::is_uuid;
use super::facts::Kind;
use super::text::text;
use crate::syntax::Op;

/// A UUID in the text form of RFC 9562 section 4, read in any case and shown in
/// lower case.
pub(super) struct Uuid;

impl Kind for Uuid {
    fn carries(&self, op: Op) -> bool {
        op == Op::Equals
    }

    fn compared_as(&self) -> &'static str {
        "external-id"
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let text = text(value, 0, u32::MAX)?;
        match is_uuid(text) {
            true => Ok(text.to_ascii_lowercase().into()),
            false => Err("format"),
        }
    }

    fn lengths(&self) -> (u32, u32) {
        (36, 36)
    }
}
