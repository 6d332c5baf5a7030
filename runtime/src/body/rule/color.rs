//! Colours.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;

/// A colour as `#` and six hexadecimal digits, kept in lower case.
#[derive(Debug, Clone, Copy)]
pub struct Color;

impl Rule for Color {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let detail = "must be a colour such as #0a7bff";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text.to_ascii_lowercase())
    }
}
