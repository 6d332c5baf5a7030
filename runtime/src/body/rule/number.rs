//! Truth values and numbers.

use serde_json::Value;

use super::Rule;
use crate::body::Reading;
use crate::value::{Decimal, whole};

/// `true` or `false`; 1, 0 and the texts `true` and `false` are read as well.
#[derive(Debug, Clone, Copy)]
pub struct Flag;

impl Rule for Flag {
    type Value = bool;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<bool> {
        let flag = match &value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => match whole(number) {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        if flag.is_none() {
            reading.refuse(pointer, "type", "must be true or false");
        }
        flag
    }
}

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
        // More than 64 bits is a matter of size, not of type.
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

/// A decimal number with at most four digits after the point.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    min: Decimal,
    max: Decimal,
}

impl Number {
    /// A decimal number from `min` to `max`.
    #[must_use]
    pub const fn new(min: i64, max: i64) -> Self {
        Self {
            min: Decimal::whole(min),
            max: Decimal::whole(max),
        }
    }

    /// The same with bounds in ten-thousandths.
    #[must_use]
    pub const fn of_parts(min: i64, max: i64) -> Self {
        Self {
            min: Decimal::from_parts(min),
            max: Decimal::from_parts(max),
        }
    }
}

impl Rule for Number {
    type Value = Decimal;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Decimal> {
        let Value::Number(number) = &value else {
            reading.refuse(pointer, "type", "must be a number");
            return None;
        };
        if number
            .as_f64()
            .is_some_and(|number| number > self.max.as_f64())
        {
            reading.refuse(
                pointer,
                "too_large",
                format!("must be at most {}", self.max.as_f64()),
            );
            return None;
        }
        if number
            .as_f64()
            .is_some_and(|number| number < self.min.as_f64())
        {
            reading.refuse(
                pointer,
                "too_small",
                format!("must be at least {}", self.min.as_f64()),
            );
            return None;
        }
        let read = Decimal::read(number);
        if read.is_none() {
            reading.refuse(
                pointer,
                "format",
                "must have at most four digits after the point",
            );
        }
        read
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
