//! Passwords.

use serde_json::Value;

use super::{Rule, Text};
use crate::body::Reading;
use crate::value::Secret;

/// A password, kept as a hash that does not tell it. It is hashed after the
/// body was read: that takes long, and is for a body without mistakes alone.
#[derive(Debug, Clone, Copy)]
pub struct Password(Text);

impl Password {
    /// A password of `min` to `max` Unicode scalar values.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self(Text::new(min, max))
    }
}

impl Rule for Password {
    type Value = Secret;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Secret> {
        let text = self.0.read(value, pointer, reading)?;
        let secret = Secret::pending();
        reading.passwords.push((secret.clone(), text));
        Some(secret)
    }
}
