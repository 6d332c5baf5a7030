//! Whole numbers.

use serde_json::Value;

use super::Rule;
use super::lenient::Loose;
use crate::body::Reading;
use crate::value::whole;

/// A whole number.
#[derive(Debug, Clone, Copy)]
pub struct Integer {
    min: i64,
    max: i64,
}

impl Integer {
    /// A whole number from `min` to `max`.
    #[must_use]
    pub const fn new(min: i64, max: i64) -> Self {
        Self { min, max }
    }
}

impl Rule for Integer {
    type Value = i64;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<i64> {
        let Value::Number(sent) = &value else {
            reading.refuse(pointer, "type", "must be a whole number");
            return None;
        };
        if let Some(number) = whole(sent) {
            return within(number, self.min, self.max, pointer, reading);
        }
        // A whole number of more than 64 bits is out of range, not of the wrong type.
        let double = sent.as_f64().unwrap_or_default();
        let (code, detail) = match () {
            () if double.fract() != 0.0 => ("type", "must be a whole number".to_owned()),
            () if double > self.max as f64 || sent.is_u64() => {
                ("too_large", format!("must be at most {}", self.max))
            }
            () if double < self.min as f64 => {
                ("too_small", format!("must be at least {}", self.min))
            }
            () => (
                "type",
                "must be written out: with a point or an exponent it may have lost digits"
                    .to_owned(),
            ),
        };
        reading.refuse(pointer, code, detail);
        None
    }
}

impl Loose for Integer {
    fn meant(value: Value) -> Value {
        let digits = |text: &&str| {
            let digits = text.strip_prefix('-').unwrap_or(text);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let number = value.as_str().filter(digits).map(str::parse::<i64>);
        match number {
            Some(Ok(number)) => number.into(),
            _ => value,
        }
    }
}

fn within(number: i64, min: i64, max: i64, pointer: &str, reading: &mut Reading) -> Option<i64> {
    if number > max {
        reading.refuse(pointer, "too_large", format!("must be at most {max}"));
        return None;
    }
    if number < min {
        reading.refuse(pointer, "too_small", format!("must be at least {min}"));
        return None;
    }
    Some(number)
}
