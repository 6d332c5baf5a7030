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
            if let (false, Some(all)) = (numbers.is_empty(), schema["enum"].as_array_mut()) {
                all.extend(numbers);
                schema["type"] = json!(["string", "integer"]);
            }
        }
        _ => {}
    }
}
