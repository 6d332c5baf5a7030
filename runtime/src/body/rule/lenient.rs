//! Other JSON values of the same meaning.

use serde_json::Value;

use super::{Excusable, Reserved, Rule, Text};
use crate::body::{Presence, Reading};
use crate::value::whole;

/// Reads other JSON values of the same meaning as well.
#[derive(Debug, Clone, Copy)]
pub struct Lenient<R>(pub R);

/// A rule that knows which other JSON values mean the same.
pub trait Loose: Rule {
    /// The value that `value` means; others stay.
    fn meant(value: Value) -> Value;
}

impl<R: Loose> Rule for Lenient<R> {
    type Value = R::Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<R::Value> {
        self.0.read(R::meant(value), pointer, reading)
    }

    fn nothing(&self, value: &Value) -> Option<Presence<R::Value>> {
        self.0.nothing(value)
    }

    fn rank(&self, value: &R::Value, reading: &Reading) -> Option<usize> {
        self.0.rank(value, reading)
    }
}

impl Loose for Text {
    fn meant(value: Value) -> Value {
        digits(value)
    }
}

impl<R: Loose<Value = String>> Loose for Reserved<R> {
    fn meant(value: Value) -> Value {
        R::meant(value)
    }
}

impl<R: Loose<Value = String>> Loose for Excusable<R> {
    fn meant(value: Value) -> Value {
        R::meant(value)
    }
}

/// The digits of a whole number as the text that it means.
pub(super) fn digits(value: Value) -> Value {
    match &value {
        Value::Number(number) if number.is_u64() => number.to_string().into(),
        Value::Number(number) => match whole(number) {
            Some(number) => number.to_string().into(),
            None => value,
        },
        _ => value,
    }
}
