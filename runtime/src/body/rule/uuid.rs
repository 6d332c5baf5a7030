//! Universally unique identifiers.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::value::is_uuid;

/// A UUID of any version in the text form of RFC 9562 section 4; read in any case, kept in
/// lower case.
#[derive(Debug, Clone, Copy)]
pub struct Uuid;

impl Rule for Uuid {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let mut text = text(value, pointer, reading)?;
        if !is_uuid(&text) {
            let detail = "must be a UUID such as 6f9619ff-8b86-4011-b42d-00cf4fc964ff";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        text.make_ascii_lowercase();
        Some(text)
    }
}
