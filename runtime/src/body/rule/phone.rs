//! Telephone numbers.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::value::normalise_phone;

/// A telephone number, kept as `+` and digits.
#[derive(Debug, Clone, Copy)]
pub struct Phone;

impl Rule for Phone {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let normal = normalise_phone(&text(value, pointer, reading)?);
        if normal.is_none() {
            let detail = "must be `+` and 7 to 15 digits; blanks, dots, hyphens and parentheses are taken out";
            reading.refuse(pointer, "format", detail);
        }
        normal
    }
}
