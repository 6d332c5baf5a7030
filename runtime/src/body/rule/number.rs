//! Numbers with any fraction.

use serde_json::Value;

use super::Rule;
use crate::body::Reading;
use crate::value;

/// A number, kept as the double that is nearest to it (RFC 8259 section 6).
#[derive(Debug, Clone, Copy)]
pub struct Number {
    min: f64,
    max: f64,
}

impl Number {
    /// A number from `min` to `max`.
    #[must_use]
    pub const fn new(min: f64, max: f64) -> Self {
        Self { min, max }
    }
}

impl Rule for Number {
    type Value = value::Number;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<value::Number> {
        let Some(number) = value.as_f64() else {
            reading.refuse(pointer, "type", "must be a number");
            return None;
        };
        if number > self.max {
            let detail = format!("must be at most {}", self.max);
            reading.refuse(pointer, "too_large", detail);
            return None;
        }
        if number < self.min {
            let detail = format!("must be at least {}", self.min);
            reading.refuse(pointer, "too_small", detail);
            return None;
        }
        value::Number::new(number)
    }
}
