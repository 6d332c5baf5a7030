//! Whole numbers in any JSON notation.

use serde_json::{Number, Value};

/// Up to this number a double represents every whole number exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The value of a whole number: `3.0` and `3e0` are 3 (JSON Schema, section 6.1.1). With a
/// point or an exponent, a number of 2^53 or more may have lost digits and does not count.
#[must_use]
pub fn whole(number: &Number) -> Option<i64> {
    if let Some(whole) = number.as_i64() {
        return Some(whole);
    }
    let double = number.as_f64().filter(|_| number.is_f64())?;
    (double.fract() == 0.0 && double.abs() < EXACT).then_some(double as i64)
}

/// Whether two values are equal, comparing numbers by value and not by notation.
#[must_use]
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let there = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| same(value, other))
            };
            one.len() == other.len() && one.iter().all(there)
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{same, whole};

    #[test]
    fn reads_whole_numbers_and_loses_nothing() {
        let read = |text: &str| match serde_json::from_str(text) {
            Ok(Value::Number(number)) => whole(&number),
            _ => None,
        };
        for (text, expected) in [
            ("3", Some(3)),
            ("3.0", Some(3)),
            ("1e1", Some(10)),
            ("12.5e1", Some(125)),
            ("1000E-3", Some(1)),
            ("-0", Some(0)),
            ("-0.0", Some(0)),
            ("-2.00", Some(-2)),
            ("9007199254740991.0", Some(9_007_199_254_740_991)),
            ("9223372036854775807", Some(i64::MAX)),
            ("1.5", None),
            ("9007199254740993.0", None),
            ("9223372036854775808", None),
            ("1e300", None),
            ("-1e300", None),
            ("1e999999999", None),
            ("1e-5", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_compared_by_what_they_are() {
        assert!(same(&json!({"a": [3.0, "x"]}), &json!({"a": [3, "x"]})));
        assert!(same(&json!(1.5), &json!(1.5)));
        for other in [json!(4), json!("3"), json!(3.5), json!(null), json!([3])] {
            assert!(!same(&json!(3), &other), "{other}");
        }
        assert!(!same(&json!({"a": 1}), &json!({"a": 1, "b": 1})));
    }
}
