//! Secrets, which are used but never shown.

use serde_json::Value;

use super::lenient::{Loose, digits};
use super::{Rule, Text};
use crate::body::{Presence, Reading};
use crate::value::Sealed;

/// A secret; `true`, which is how a set secret is shown, keeps the current one.
#[derive(Debug, Clone, Copy)]
pub struct Secret(Text);

impl Secret {
    /// A secret of `min` to `max` Unicode scalar values.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self(Text::new(min, max))
    }
}

impl Rule for Secret {
    type Value = Sealed;

    /// `false` is how an unset secret is shown.
    fn nothing(&self, value: &Value) -> Option<Presence<Sealed>> {
        (value.is_null() || *value == false).then_some(Presence::Null)
    }

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Sealed> {
        match value {
            Value::Bool(true) => Some(Sealed::Kept(true)),
            value => self.0.read(value, pointer, reading).map(Sealed::Text),
        }
    }
}

impl Loose for Secret {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}
