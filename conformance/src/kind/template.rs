//! Templates of notifications.

use fieldproof_spec::model::Field;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{Json, Kind, Seen, Within, map};

/// An object or a text with `${JSONPath}` in its texts.
pub(super) struct Template;

impl Kind for Template {
    fn wording(&self) -> String {
        "a template".to_owned()
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        select(vec![
            json!({ "a": "${$.id}", "b": [1, { "c": "x ${$['name']} y" }] }),
            json!({}),
            json!("{\"a\": ${$.id}, \"b\": \"x ${$.name} y\"}"),
        ])
        .boxed()
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        vec![json!(1), json!(true), json!([1])]
    }

    fn is_merged(&self) -> bool {
        true
    }

    fn patch(&self) -> Option<[Value; 3]> {
        Some(map::patch())
    }

    fn has_form(&self, value: &Value, _: &Seen<'_>) -> bool {
        value.is_object() || value.is_string()
    }
}
