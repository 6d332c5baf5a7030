//! Identifiers of resources.

use std::cmp::Ordering;

use fieldproof_spec::model::{Api, Asks};
use proptest::prelude::*;
use serde_json::Value;

use super::{Kind, Seen, Source, Within, plain};

/// The identifier of an object.
pub(super) struct Id;

/// An identifier in the form used in paths, for JSON texts and numbers.
fn text(value: &Value) -> Option<String> {
    let number = || value.as_u64().map(|number| number.to_string());
    value.as_str().map(str::to_owned).or_else(number)
}

impl Kind for Id {
    fn wording(&self) -> String {
        "an identifier".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        Just(Value::Null).boxed()
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        let text = seen.id_kind.text(value);
        text.is_some_and(|id| seen.id_kind.read(&id) == Some(id))
    }

    fn questions(&self, value: &Value, asks: Asks) -> Vec<String> {
        let Some(text) = text(value) else {
            return Vec::new();
        };
        if asks == Asks::Value {
            return plain::questions(&text.into());
        }
        let number: i64 = text.parse().unwrap_or_default();
        let near = [number - 1, number, number + 1, 0, -1];
        near.iter().map(ToString::to_string).collect()
    }

    fn strangers(&self, _: &Api, asks: Asks, source: &dyn Source) -> Vec<String> {
        match asks == Asks::Value {
            true => vec![source.word()],
            false => vec!["0".to_owned(), "999999999999999999".to_owned()],
        }
    }

    fn unasked(&self, asks: Asks) -> &'static [&'static str] {
        match asks.is_range() {
            true => &["maybe", "", "1.5", "1e3", "+1", "99999999999999999999"],
            false => &[],
        }
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        self::text(value) == Some(text.to_lowercase())
    }

    fn order(&self, value: &Value, text: &str) -> Option<Ordering> {
        let value = self::text(value)?.parse::<i64>().ok()?;
        Some(value.cmp(&text.parse().ok()?))
    }
}
