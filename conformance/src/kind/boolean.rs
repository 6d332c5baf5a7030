//! Booleans.

use fieldproof_spec::model::{Api, Asks, Field};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Cases, Json, Kind, Shown, Source, Within};

/// `true` or `false`, also read from 1, 0 and text.
pub(super) struct Boolean;

impl Kind for Boolean {
    fn wording(&self) -> String {
        "true or false".to_owned()
    }

    fn json(&self) -> Json {
        Json::Truth
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        any::<bool>().prop_map(Value::Bool).boxed()
    }

    fn room(&self, _: &Api) -> u64 {
        2
    }

    fn near(&self, _: &Within<'_>, _: bool, _: &dyn Source) -> Vec<Value> {
        vec![true.into(), false.into()]
    }

    fn unordered(&self, _: bool, _: &dyn Source) -> Option<Vec<Value>> {
        Some([true, false, true, false].map(Value::from).to_vec())
    }

    fn other_types(&self, field: &Field) -> Vec<Value> {
        let mut all = vec![json!("maybe"), json!(2), json!([1]), json!({ "x": 1 })];
        if !field.lenient {
            all.extend([json!("yes"), json!("1")]);
        }
        all
    }

    fn written(&self) -> Cases<Shown> {
        Cases {
            taken: vec![
                (json!(true), json!(true)),
                (json!(false), json!(false)),
                (json!(1), json!(true)),
                (json!(0), json!(false)),
                (json!("true"), json!(true)),
                (json!("false"), json!(false)),
            ],
            refused: Vec::new(),
        }
    }

    fn lenient(&self, _number: i64) -> Cases<Value> {
        Cases::read(
            vec![
                json!(true),
                json!(false),
                json!(1),
                json!(0),
                json!("1"),
                json!("0"),
                json!("true"),
                json!("false"),
                json!("TRUE"),
                json!("False"),
            ],
            vec![
                json!(2),
                json!(-1),
                json!("yes"),
                json!("on"),
                json!("2"),
                json!(""),
                json!(" true"),
                json!(1.5),
            ],
        )
    }

    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        let spellings: &[&str] = match value.as_bool() {
            Some(true) => &["1", "true", "TRUE"],
            Some(false) => &["0", "false", "False"],
            None => &[],
        };
        spellings.iter().map(|text| (*text).to_owned()).collect()
    }

    fn strangers(&self, _: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        vec!["true".to_owned(), "false".to_owned()]
    }

    fn unasked(&self, _: Asks) -> &'static [&'static str] {
        &["maybe", ""]
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        let asked = match text.to_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        };
        asked.is_some() && value.as_bool() == asked
    }
}
