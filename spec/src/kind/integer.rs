//! Whole numbers.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::given::Given;
use crate::model::Type;
use crate::syntax::Asks;

/// A whole number in 64 bits.
pub(super) struct Integer {
    pub(super) min: i64,
    pub(super) max: i64,
}

/// A whole number within the bounds of the row.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    let (min, max) = given.whole();
    Type::Integer { min, max }
}

impl Kind for Integer {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Max | Key::Min | Key::Lenient)
    }

    fn carries(&self, asks: Asks) -> bool {
        asks == Asks::Value || asks.is_range()
    }

    fn compared_as(&self) -> &'static str {
        "integer"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_string(&self) -> bool {
        false
    }

    fn is_compared(&self) -> bool {
        true
    }

    fn empty(&self) -> Value {
        0.max(self.min).min(self.max).into()
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let (min, max) = (self.min, self.max);
        match (whole(value), value.as_f64()) {
            (Some(number), _) if number > max => Err("too_large"),
            (Some(number), _) if number < min => Err("too_small"),
            (Some(number), _) => Ok(number.into()),
            (None, _) if value.is_u64() => Err("too_large"),
            (None, Some(number)) if number % 1.0 == 0.0 && number > max as f64 => Err("too_large"),
            (None, Some(number)) if number % 1.0 == 0.0 && number < min as f64 => Err("too_small"),
            (None, _) => Err("type"),
        }
    }

    fn meant(&self, value: &Value) -> Value {
        let Value::String(text) = value else {
            return value.clone();
        };
        let digits = text.trim_start_matches('-');
        let plain = !digits.is_empty()
            && digits.chars().all(|c| c.is_ascii_digit())
            && text.len() - digits.len() < 2;
        let number = text.parse::<i64>().ok().filter(|_| plain);
        number.map_or_else(|| value.clone(), Value::from)
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Whole(self.min, self.max))
    }
}

/// The value of a JSON number as a whole number, even if written with a point or an
/// exponent; such numbers only if a double represents them exactly.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    let number = value.as_f64()?;
    let exact = number % 1.0 == 0.0 && number.abs() < 2f64.powi(53);
    value.as_i64().or(exact.then_some(number as i64))
}
