//! What whole numbers and those with a fraction have in common.

use std::cmp::Ordering;

use serde_json::Value;

/// What a filter is asked because an object has this number.
pub(super) fn questions(value: &Value) -> Vec<String> {
    let number = value.as_number().map(ToString::to_string);
    number.into_iter().collect()
}

/// Numbers near zero, and a great one.
pub(super) fn strangers() -> Vec<String> {
    ["0", "1", "-1", "1000000"].map(str::to_owned).to_vec()
}

/// Numbers that stand in another order as texts, in no order.
pub(super) fn unordered(unique: bool) -> Option<Vec<Value>> {
    let numbers = [9, 100, 2, 1_000, 10, 21];
    (!unique).then(|| numbers.map(Value::from).to_vec())
}

/// What is no number.
pub(super) const UNASKED: &[&str] = &["maybe", ""];

/// How a number stands to a text: as whole numbers where both are, which doubles
/// would take for each other.
pub(super) fn order(value: &Value, text: &str) -> Option<Ordering> {
    match (value.as_i64(), text.parse::<i64>()) {
        (Some(value), Ok(asked)) => Some(value.cmp(&asked)),
        _ => value.as_f64()?.partial_cmp(&text.parse().ok()?),
    }
}
