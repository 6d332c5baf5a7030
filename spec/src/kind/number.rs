//! Numbers with any fraction.

use serde_json::{Value, json};

use super::facts::{Bounds, Key, Kind};
use super::given::Given;
use crate::model::Type;
use crate::syntax::Asks;

/// A number, stored as the nearest double (RFC 8259 section 6).
pub(super) struct Number {
    pub(super) min: f64,
    pub(super) max: f64,
}

/// A number within the bounds of the row.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    let (min, max) = given.doubles();
    Type::Number { min, max }
}

impl Kind for Number {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Max | Key::Min)
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_range()
    }

    fn compared_as(&self) -> &'static str {
        "number"
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
        printed(0.0_f64.max(self.min).min(self.max))
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value.as_f64() {
            None => Err("type"),
            Some(number) if number > self.max => Err("too_large"),
            Some(number) if number < self.min => Err("too_small"),
            Some(number) => Ok(printed(number)),
        }
    }

    fn meant(&self, value: &Value) -> Value {
        value.clone()
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Double(self.min, self.max))
    }
}

/// The canonical form of a number: whole numbers that a double represents exactly have no
/// point, and zero has no sign.
fn printed(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 2f64.powi(53) {
        true => json!(number as i64),
        false => json!(number),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Number;
    use crate::kind::Kind;

    #[test]
    fn a_number_has_one_form() {
        let one = Number {
            min: -2.0,
            max: 1e300,
        };
        for (sent, shown) in [
            (json!(1.0), json!(1)),
            (json!(-0.0), json!(0)),
            (json!(0.1), json!(0.1)),
            (json!(1e300), json!(1e300)),
            (
                json!(9_007_199_254_740_993_u64),
                json!(9_007_199_254_740_992.0),
            ),
        ] {
            assert_eq!(one.read(&sent), Ok(shown), "{sent}");
        }
        assert_eq!(one.read(&json!(-2.5)), Err("too_small"));
        assert_eq!(one.read(&json!(1e301)), Err("too_large"));
        for other in [json!("1"), json!(true), json!([1]), Value::Null] {
            assert_eq!(one.read(&other), Err("type"), "{other}");
        }
    }
}
