//! Email addresses.

use serde_json::Value;

use super::lenient::{Loose, digits};
use super::{Rule, Text};
use crate::body::Reading;
use crate::value::is_email;

/// An email address, kept as sent.
#[derive(Debug, Clone, Copy)]
pub struct Email(Text);

impl Email {
    /// An address of at most `max` characters.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self(Text::new(0, max))
    }
}

impl Rule for Email {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.0.read(value, pointer, reading)?;
        if !is_email(&text) {
            let detail = "must be an email address";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}

impl Loose for Email {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}
