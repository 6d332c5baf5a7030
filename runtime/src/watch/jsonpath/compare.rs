//! Equality and order of values (RFC 9535 section 2.3.5.2.2).

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Budget, Spent};

/// Whether two values are equal. Numbers are compared by value, objects regardless of order.
pub(super) fn equal(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, Spent> {
    budget.spend(1)?;
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Ok(order(left, right).is_eq()),
        (Value::String(left), Value::String(right)) => {
            budget.spend(left.len().min(right.len()) as u64 / 64)?;
            Ok(left == right)
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (left, right) in left.iter().zip(right) {
                if !equal(left, right, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Object(left), Value::Object(right)) if left.len() == right.len() => {
            for (name, left) in left {
                match right.get(name) {
                    Some(right) if equal(left, right, budget)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        (Value::Null, Value::Null) => Ok(true),
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        _ => Ok(false),
    }
}

/// Whether a number or a text is less than another one of its type.
pub(super) fn less(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, Spent> {
    budget.spend(1)?;
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Ok(order(left, right).is_lt()),
        (Value::String(left), Value::String(right)) => {
            budget.spend(left.len().min(right.len()) as u64 / 64)?;
            Ok(left < right)
        }
        _ => Ok(false),
    }
}

fn order(left: &Number, right: &Number) -> Ordering {
    // Large integers differ where their nearest doubles do not.
    if let (Some(left), Some(right)) = (left.as_i128(), right.as_i128()) {
        return left.cmp(&right);
    }
    let double = |number: &Number| number.as_f64().unwrap_or_default();
    let order = double(left).partial_cmp(&double(right));
    order.unwrap_or(Ordering::Equal)
}
