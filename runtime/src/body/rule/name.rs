//! Names.

use serde_json::Value;

use super::{Rule, Text};
use crate::body::Reading;

/// A name of 1 to 255 characters: a letter, then letters, digits, `.`, `_` and `-`.
#[derive(Debug, Clone, Copy)]
pub struct Name;

impl Rule for Name {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = Text::new(0, 255).read(value, pointer, reading)?;
        let letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if !letter || !text.bytes().all(plain) {
            let detail = "must be a letter, then letters, digits, dots, hyphens and `_`";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}
