//! Common parts of whole and fractional numbers.

use std::cmp::Ordering;

use serde_json::Value;

/// Filter texts derived from the number of an object.
pub(super) fn questions(value: &Value) -> Vec<String> {
    let number = value.as_number().map(ToString::to_string);
    number.into_iter().collect()
}

/// Numbers near zero, and a large one.
pub(super) fn strangers() -> Vec<String> {
    ["0", "1", "-1", "1000000"].map(str::to_owned).to_vec()
}

/// Unsorted numbers that sort differently as texts.
pub(super) fn unordered(unique: bool) -> Option<Vec<Value>> {
    let numbers = [9, 100, 2, 1_000, 10, 21];
    (!unique).then(|| numbers.map(Value::from).to_vec())
}

/// Texts that are not numbers.
pub(super) const UNASKED: &[&str] = &["maybe", ""];

/// How a number compares to a text. Two whole numbers are compared as such, since doubles
/// may not distinguish them.
pub(super) fn order(value: &Value, text: &str) -> Option<Ordering> {
    match (value.as_i64(), text.parse::<i64>()) {
        (Some(value), Ok(asked)) => Some(value.cmp(&asked)),
        _ => value.as_f64()?.partial_cmp(&text.parse().ok()?),
    }
}
