//! External identifiers.

use std::cmp::Ordering;

use fieldproof_spec::value::external;
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::{Cases, Kind, Source, Within, length, plain};
use crate::strategy::text;

/// An opaque text; UUIDs are case-insensitive.
pub(super) struct ExternalId;

/// The maximum length.
const MOST: u32 = 255;

impl Kind for ExternalId {
    fn wording(&self) -> String {
        format!("opaque text of 1 to {MOST} characters")
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        text(1, 36)
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        source.word().into()
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some((1, MOST))
    }

    fn longest(&self, source: &dyn Source) -> Option<Value> {
        Some(source.text(120, MOST).into())
    }

    fn near(&self, _: &Within<'_>, _: bool, source: &dyn Source) -> Vec<Value> {
        let word = source.word();
        let (longer, behind, upper) = (format!("{word}x"), format!("x{word}"), word.to_uppercase());
        [word, longer, behind, upper].map(Value::from).to_vec()
    }

    fn cased(&self, nonce: u64) -> Option<String> {
        Some(format!("6F9619ff-8b86-d011-b42d-{nonce:012x}"))
    }

    fn bounds(&self, front: &mut dyn FnMut(u32) -> String) -> Cases<Value> {
        let mut text = |count: u32| length::filled(&front(count), "é", count);
        Cases {
            taken: vec![text(MOST)],
            refused: vec![(text(MOST + 1), &["too_long"]), (text(0), &["too_short"])],
        }
    }

    fn is_probed(&self) -> bool {
        true
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        let value = value.as_str().map(external);
        value.is_some_and(|value| value == external(text))
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        match (one.as_str(), other.as_str()) {
            (Some(one), Some(other)) => external(one).cmp(&external(other)),
            _ => plain::compare(one, other),
        }
    }
}
