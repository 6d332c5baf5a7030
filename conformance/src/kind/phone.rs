//! Telephone numbers.

use fieldproof_spec::value::number;
use proptest::prelude::*;
use serde_json::Value;

use super::{Cases, Kind, Shown, Source, Within};
use crate::model::fold;

/// `+` and 7 to 15 digits, shown without punctuation.
pub(super) struct Phone;

impl Kind for Phone {
    fn wording(&self) -> String {
        "a telephone number".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        "\\+[1-9][0-9]{6,14}".prop_map(Value::String).boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        dial(source.nonce()).into()
    }

    fn syntax(&self, nonce: u64) -> Option<Cases<Shown>> {
        let number = dial(nonce);
        let spaced = format!(
            "{} ({}) {}-{}.{}",
            &number[..3],
            &number[3..6],
            &number[6..9],
            &number[9..12],
            &number[12..]
        );
        Some(Cases::texts(
            [(spaced.as_str(), number.as_str()), ("+1234567", "+1234567")],
            &[
                "",
                "+",
                "1234567",
                "+123456",
                "+1234567890123456",
                "+0123456789",
                "+12345a78",
                "++12345678",
                "+1234/5678",
            ],
        ))
    }

    fn is_dialled(&self) -> bool {
        true
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        equals(value, text)
    }
}

/// A number of fifteen digits that ends in `nonce`.
fn dial(nonce: u64) -> String {
    format!("+{}", 100_000_000_000_000 + nonce)
}

/// Whether a filter for a phone number selects a value.
pub(super) fn equals(value: &Value, text: &str) -> bool {
    let value = value.as_str().map(fold);
    value.is_some_and(|value| value == fold(&dialled(text)))
}

/// A number in canonical form. A leading space counts as `+`, since queries decode `+` to a
/// space.
fn dialled(text: &str) -> String {
    let digits = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let plus = text
        .strip_prefix(' ')
        .filter(|rest| digits(rest))
        .map(|rest| format!("+{rest}"));
    let text = plus.unwrap_or_else(|| text.to_owned());
    number(&text).unwrap_or(text)
}
