//! Objects without documented members.

use fieldproof_spec::model::Field;
use proptest::collection::btree_map;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Json, Kind, Within, plain};

/// Any JSON object.
pub(super) struct Map;

impl Kind for Map {
    fn wording(&self) -> String {
        "an object".to_owned()
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let pair = |(key, value): (String, i64)| (key, Value::from(value));
        btree_map("[a-z]{1,6}", 0i64..100, 0..3)
            .prop_map(move |map| Value::Object(map.into_iter().map(pair).collect()))
            .boxed()
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        plain::no_objects()
    }

    fn is_merged(&self) -> bool {
        true
    }

    fn patch(&self) -> Option<[Value; 3]> {
        Some(patch())
    }

    fn holds_null(&self) -> bool {
        true
    }
}

/// An object, a merge patch at two depths, and the patched object.
pub(super) fn patch() -> [Value; 3] {
    [
        json!({ "a": "1", "b": { "c": "2", "d": "3" }, "e": ["4", "5"] }),
        json!({ "a": null, "b": { "c": null, "f": "6" }, "e": ["7"] }),
        json!({ "b": { "d": "3", "f": "6" }, "e": ["7"] }),
    ]
}
