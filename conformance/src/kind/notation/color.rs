//! Colours.

use proptest::prelude::*;
use serde_json::Value;

use crate::kind::{Cases, Kind, Shown, Within};

/// `#` and six hexadecimal digits, shown in lower case.
pub(super) struct Color;

impl Kind for Color {
    fn wording(&self) -> String {
        "a colour".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        "#[0-9a-fA-F]{6}".prop_map(Value::String).boxed()
    }

    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        Some(Cases::texts(
            [("#000000", "#000000"), ("#0A7bFF", "#0a7bff")],
            &[
                "", "#", "#fff", "0a7bff", "#0a7bfg", "#0a7bff0", "red", " #0a7bff",
            ],
        ))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("#12345".into(), "format"), ("red".into(), "format")]
    }
}
