//! Decimal numbers of at most four digits after the point.

use serde_json::Value;

use super::Rule;
use crate::body::Reading;
use crate::value;

/// A decimal number with at most four digits after the point.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    min: value::Decimal,
    max: value::Decimal,
}

impl Decimal {
    /// A decimal number from `min` to `max`.
    #[must_use]
    pub const fn new(min: i64, max: i64) -> Self {
        Self {
            min: value::Decimal::whole(min),
            max: value::Decimal::whole(max),
        }
    }

    /// Like [`Self::new`], with bounds in ten-thousandths.
    #[must_use]
    pub const fn of_parts(min: i64, max: i64) -> Self {
        Self {
            min: value::Decimal::from_parts(min),
            max: value::Decimal::from_parts(max),
        }
    }
}

impl Rule for Decimal {
    type Value = value::Decimal;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<value::Decimal> {
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
        let read = value::Decimal::read(number);
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
