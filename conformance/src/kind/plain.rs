//! Facts about plain texts, the defaults for all types.

use std::cmp::Ordering;

use fieldproof_spec::model::Field;
use serde_json::{Value, json};

use super::Cases;
use crate::model::fold;

/// Values that are not texts and cannot stand for one.
pub(super) fn other_types(field: &Field) -> Vec<Value> {
    // In a lenient field, a whole number stands for a text.
    let number = if field.lenient { json!(1.5) } else { json!(1) };
    vec![number, json!(true), json!([1]), json!({ "x": 1 })]
}

/// Values that are not objects.
pub(super) fn no_objects() -> Vec<Value> {
    vec![json!("x"), json!(1), json!([1])]
}

/// Numbers that stand for texts, and values that do not.
pub(super) fn lenient(number: i64) -> Cases<Value> {
    Cases::read(
        vec![json!(number), json!((number + 1).to_string())],
        vec![json!(1.5), json!(true)],
    )
}

/// A text in other cases, and parts of it.
pub(super) fn questions(value: &Value) -> Vec<String> {
    let Some(text) = value.as_str() else {
        return Vec::new();
    };
    let mut all = vec![text.to_owned(), text.to_uppercase(), text.to_lowercase()];
    // Folding equates more than lower case does.
    all.extend(text.contains('ς').then(|| text.replace('ς', "Σ")));
    // A query decodes `+` to a space, and telephone numbers may have punctuation.
    if let Some(digits) = text.strip_prefix('+') {
        all.push(format!(" {digits}"));
        let front: String = digits.chars().take(3).collect();
        let back: String = digits.chars().skip(3).collect();
        all.push(format!("+{front} {back}"));
    }
    let count = text.chars().count();
    if count > 3 {
        all.push(text.chars().take(count - 1).collect());
        all.push(text.chars().skip(1).collect());
    }
    all
}

/// Whether a text equals the one asked for; `folded` ignores case.
pub(super) fn equals(value: &Value, text: &str, folded: bool) -> bool {
    value.as_str().is_some_and(|value| match folded {
        true => fold(text) == fold(value),
        false => text == value,
    })
}

/// The order of values of the same JSON type.
pub(super) fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::Number(one), Value::Number(other)) => match (one.as_i64(), other.as_i64()) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => {
                let number = |number: &serde_json::Number| number.as_f64().unwrap_or_default();
                number(one).total_cmp(&number(other))
            }
        },
        // By code point: UTF-16 order would put emoji before some letters.
        (Value::String(one), Value::String(other)) => fold(one)
            .chars()
            .cmp(fold(other).chars())
            .then_with(|| one.chars().cmp(other.chars())),
        _ => Ordering::Equal,
    }
}
