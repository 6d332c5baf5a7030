//! HTTP header fields.

use std::collections::BTreeMap;

use fieldproof_spec::model::Field;
use proptest::collection::btree_map;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Json, Kind, Within, plain};

/// An object of texts by name; names are case-insensitive.
pub(super) struct Headers;

impl Kind for Headers {
    fn wording(&self) -> String {
        "header fields by name".to_owned()
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        btree_map("X-[A-Za-z]{1,6}", "[a-z0-9]{0,8}", 0..3)
            .prop_map(distinct)
            .boxed()
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        plain::no_objects()
    }

    fn reserves_names(&self) -> bool {
        true
    }

    fn is_merged(&self) -> bool {
        true
    }

    fn patch(&self) -> Option<[Value; 3]> {
        Some([
            json!({ "X-One": "1", "X-Two": "2" }),
            json!({ "X-One": null, "X-Three": "3" }),
            json!({ "X-Two": "2", "X-Three": "3" }),
        ])
    }
}

/// Header fields whose names differ case-insensitively.
fn distinct(map: BTreeMap<String, String>) -> Value {
    let mut kept: Map<String, Value> = Map::new();
    for (name, value) in map {
        if !kept.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
            kept.insert(name, value.into());
        }
    }
    kept.into()
}
