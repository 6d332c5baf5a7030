//! Passwords.

use serde_json::Value;

use super::lenient::{Loose, digits};
use super::{Rule, Text};
use crate::body::Reading;
use crate::value::Secret;

/// A password, kept as a hash. Hashing is slow, so it happens only after a body was read
/// without violations.
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
        // A stored value is already a hash and must not be hashed again.
        if let Some(hash) = value
            .as_str()
            .filter(|text| reading.is_stored(pointer, text))
        {
            return Some(Secret::of(hash.to_owned()));
        }
        let text = self.0.read(value, pointer, reading)?;
        let secret = Secret::pending();
        reading.passwords.push((secret.clone(), text));
        Some(secret)
    }
}

impl Loose for Password {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Password, Rule};
    use crate::body::Reading;
    use crate::value::Secret;

    #[test]
    fn a_stored_hash_stays_what_it_is() {
        let stored = json!(Secret::hash("sesame"));
        let text = stored.as_str().unwrap().to_owned();
        let rule = Password::new(1, 200);
        // Sent by a client, it is a password like any other.
        let mut reading = Reading::default();
        assert!(rule.read(stored.clone(), "/p", &mut reading).is_some());
        assert_eq!(reading.passwords.len(), 1);
        let mut reading = Reading {
            hashes: vec![("/p".to_owned(), text)],
            ..Reading::default()
        };
        // At another pointer it is a password that a client chose.
        assert!(rule.read(stored.clone(), "/q", &mut reading).is_some());
        assert_eq!(std::mem::take(&mut reading.passwords).len(), 1);
        let kept = rule.read(stored, "/p", &mut reading).unwrap();
        assert!(kept.is("sesame") && reading.passwords.is_empty());
    }
}
