//! Alternative notations of values.

use fieldproof_spec::model::Field;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Other JSON values with the same meaning.
pub fn spellings(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(true) => vec![
            json!(true),
            json!("true"),
            json!("TRUE"),
            json!("1"),
            json!(1),
        ],
        Value::Bool(false) => {
            vec![
                json!(false),
                json!("false"),
                json!("False"),
                json!("0"),
                json!(0),
            ]
        }
        Value::Number(number) => vec![value.clone(), json!(number.to_string())],
        other => vec![other.clone()],
    }
}

/// Values in the notations that bodies may use for the field.
pub(super) fn spelled(field: &Field, values: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let mut values = values;
    if field.lenient {
        let other = |value| select(spellings(&value));
        values = values.prop_flat_map(other).boxed();
    }
    if field.folded {
        let cased = |value: Value| {
            let lower = value.as_str().map(str::to_lowercase).unwrap_or_default();
            select(vec![value, lower.into()])
        };
        values = values.prop_flat_map(cased).boxed();
    }
    if let Some(split) = field.delimited.clone() {
        let text = move |value: Value| {
            let part = |name: &String| value[name].as_str().unwrap_or_default().to_owned();
            let parts: Vec<String> = split.into.iter().map(part).collect();
            let joined = parts.join(&split.by);
            match parts[0].contains(&split.by) {
                true => Just(value.clone()).boxed(),
                false => select(vec![value.clone(), joined.into()]).boxed(),
            }
        };
        values = values.prop_flat_map(text).boxed();
    }
    values
}
