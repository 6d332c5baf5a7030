//! Replacement values, and texts that differ in one character.

use serde_json::{Value, json};

use super::operator::Operator;

/// The empty value of the same type.
pub(super) fn empty(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(_) => json!(false),
        Value::Number(_) => json!(0),
        Value::String(_) => json!(""),
        Value::Array(_) => json!([]),
        Value::Object(_) => json!({}),
    }
}

/// The value converted to another type.
pub(super) fn retyped(value: &Value) -> Value {
    match value {
        Value::Null => json!(""),
        Value::Bool(is) => json!(is.to_string()),
        Value::Number(number) => json!(number.to_string()),
        Value::String(text) => match text.parse::<i64>() {
            Ok(number) => json!(number),
            Err(_) => json!(text.len()),
        },
        Value::Array(items) => {
            let named = items.iter().enumerate();
            Value::Object(
                named
                    .map(|(at, item)| (at.to_string(), item.clone()))
                    .collect(),
            )
        }
        Value::Object(object) => object.values().cloned().collect(),
    }
}

/// Another value of the same type; lists and objects are unchanged.
pub(super) fn other(value: &Value) -> Value {
    match value {
        Value::Null => json!("other"),
        Value::Bool(is) => json!(!is),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => json!(whole.wrapping_add(1)),
            (None, number) => json!(number.unwrap_or_default() + 1.0),
        },
        Value::String(text) => json!(other_text(text)),
        Value::Array(_) | Value::Object(_) => value.clone(),
    }
}

/// A text that differs in one letter or digit; a time differs in its seconds, and a date in
/// its day.
pub(super) fn other_text(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_day = chars.len() >= 10
        && chars.iter().take(10).enumerate().all(|(at, one)| match at {
            4 | 7 => *one == '-',
            _ => one.is_ascii_digit(),
        });
    let at = match chars.len() {
        10 if is_day => Some(9),
        length if is_day && length >= 19 => Some(18),
        _ => chars.iter().rposition(char::is_ascii_alphanumeric),
    };
    let Some(at) = at else {
        return format!("{text}x");
    };
    let mut chars = chars;
    chars[at] = match chars[at] {
        '9' => '0',
        'z' => 'a',
        'Z' => 'A',
        one => char::from_u32(u32::from(one) + 1).unwrap_or('0'),
    };
    chars.into_iter().collect()
}

/// A text in upper case if it has lower-case letters, otherwise in lower case.
pub(super) fn other_case(text: &str) -> String {
    match text.chars().any(char::is_lowercase) {
        true => text.to_uppercase(),
        false => text.to_lowercase(),
    }
}

/// The value after an operator, independent of its surroundings.
pub(super) fn edited(operator: Operator, value: &Value) -> Option<Value> {
    let text = value.as_str();
    Some(match operator {
        Operator::Null => Value::Null,
        Operator::Empty => empty(value),
        Operator::Retype => retyped(value),
        Operator::Other => other(value),
        Operator::Case => json!(other_case(text?)),
        Operator::Pad => json!(format!("{} ", text?)),
        Operator::Cut => {
            let mut text = text?.to_owned();
            text.pop();
            json!(text)
        }
        Operator::Wrap => json!([value]),
        operator => list(operator, value.as_array()?.clone())?,
    })
}

/// The list after an operator.
fn list(operator: Operator, mut items: Vec<Value>) -> Option<Value> {
    match operator {
        Operator::LoseFirst if !items.is_empty() => {
            items.remove(0);
        }
        Operator::LoseLast => {
            items.pop();
        }
        Operator::Repeat => items.extend(items.last().cloned()),
        Operator::Reverse => items.reverse(),
        Operator::Swap if items.len() > 1 => items.swap(0, 1),
        _ => return None,
    }
    Some(Value::Array(items))
}
