//! Colours.

use serde_json::Value;

use super::facts::Kind;
use super::text::text;

/// `#` and six hexadecimal digits, shown in lower case.
pub(super) struct Color;

impl Kind for Color {
    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let text = text(value, 0, u32::MAX)?;
        match text.strip_prefix('#') {
            Some(digits) if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) => {
                Ok(text.to_lowercase().into())
            }
            _ => Err("format"),
        }
    }

    fn lengths(&self) -> (u32, u32) {
        (7, 7)
    }
}
