//! Decimal numbers with at most four digits after the point.

use serde_json::{Value, json};

use super::facts::{Bounds, Key, Kind};
use super::given::Given;
use crate::model::{Decimal, Type};
use crate::syntax::Asks;

/// A decimal number.
pub(super) struct DecimalNumber {
    pub(super) min: Decimal,
    pub(super) max: Decimal,
}

/// A decimal number within the bounds of the row.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    let (min, max) = given.decimals();
    Type::Decimal { min, max }
}

impl Kind for DecimalNumber {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Max | Key::Min)
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_range()
    }

    fn compared_as(&self) -> &'static str {
        "decimal"
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
        Decimal::whole(0).max(self.min).min(self.max).to_json()
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value.as_f64() {
            None => Err("type"),
            Some(number) if number > self.max.as_f64() => Err("too_large"),
            Some(number) if number < self.min.as_f64() => Err("too_small"),
            Some(number) => printed(number).ok_or("format"),
        }
    }

    fn meant(&self, value: &Value) -> Value {
        value.clone()
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Parts(self.min.parts(), self.max.parts()))
    }
}

/// The number in canonical form; `None` if it has more than four digits after the point.
fn printed(number: f64) -> Option<Value> {
    let text = format!("{number}");
    let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    (digits <= 4).then(|| match number.fract() == 0.0 {
        true => json!(number as i64),
        false => json!(number),
    })
}
