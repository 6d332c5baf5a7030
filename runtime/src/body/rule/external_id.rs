//! Identifiers of other systems.

use serde_json::Value;

use super::lenient::{Loose, digits};
use super::{Rule, Text};
use crate::body::Reading;

/// An identifier of another system: 1 to 255 characters.
#[derive(Debug, Clone, Copy)]
pub struct ExternalId;

impl Rule for ExternalId {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        Text::new(1, 255).read(value, pointer, reading)
    }
}

impl Loose for ExternalId {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}
