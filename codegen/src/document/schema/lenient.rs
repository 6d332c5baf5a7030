//! Other JSON values of the same meaning.

use fieldproof_spec::model::Type;
use serde_json::{Value, json};

use super::pattern;

/// Adds the other JSON values of the same meaning.
pub(super) fn lenient(schema: &mut Value, ty: &Type) {
    match ty {
        Type::Boolean => {
            let texts = pattern::folded(&["true", "false", "1", "0"]);
            let text = json!({ "type": "string", "pattern": texts });
            *schema = json!({ "anyOf": [{ "type": ["boolean", "integer"], "enum": [true, false, 1, 0] }, text] });
        }
        Type::Integer { min, .. } => {
            schema["type"] = json!(["integer", "string"]);
            let digits = if *min < 0 {
                "^-?[0-9]+$"
            } else {
                "^(?:-0+|[0-9]+)$"
            };
            schema["pattern"] = digits.into();
        }
        Type::Text { max, .. } => {
            schema["type"] = json!(["string", "integer"]);
            // A number with more digits than a text may have.
            let digits = |count: u32| 10_i64.checked_pow(count).map(|power| power - 1);
            schema["minimum"] = match digits(max.saturating_sub(1)) {
                Some(most) => (-most).into(),
                None => i64::MIN.into(),
            };
            schema["maximum"] = match digits(*max) {
                Some(most) => most.into(),
                None => u64::MAX.into(),
            };
        }
        Type::ExternalId => {
            schema["type"] = json!(["string", "integer"]);
            schema["minimum"] = i64::MIN.into();
            schema["maximum"] = u64::MAX.into();
        }
        Type::Values(values) => {
            let number = |text: &String| {
                let number: serde_json::Number = text.parse().ok()?;
                (!number.is_f64() && number.to_string() == *text).then(|| Value::from(number))
            };
            let numbers: Vec<Value> = values.iter().filter_map(number).collect();
            if numbers.is_empty() {
                return;
            }
            match schema.get_mut("enum").and_then(Value::as_array_mut) {
                Some(all) => {
                    all.extend(numbers);
                    schema["type"] = json!(["string", "integer"]);
                }
                // Texts of any case have a pattern instead.
                None => *schema = json!({ "anyOf": [schema.take(), { "enum": numbers }] }),
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use fieldproof_spec::model::Type;
    use serde_json::json;

    use super::lenient;

    #[test]
    fn numbers_stand_beside_texts_of_one_case_and_of_any() {
        let values = Type::Values(vec!["1".to_owned(), "on".to_owned()]);
        let mut exact = json!({ "type": "string", "enum": ["1", "on"] });
        lenient(&mut exact, &values);
        assert_eq!(exact["enum"], json!(["1", "on", 1]));
        let folded = json!({ "type": "string", "pattern": "^(?:1|[oO][nN])$" });
        let mut any = folded.clone();
        lenient(&mut any, &values);
        assert_eq!(any, json!({ "anyOf": [folded, { "enum": [1] }] }));
    }
}
