//! Other JSON values with the same meaning.

use serde_json::Value;

use super::{Excusable, Reserved, Rule, Text};
use crate::body::{Presence, Reading};
use crate::value::whole;

/// Also accepts other JSON values with the same meaning.
#[derive(Debug, Clone, Copy)]
pub struct Lenient<R>(pub R);

/// A rule that knows which other JSON values have the same meaning.
pub trait Loose: Rule {
    /// Converts a value of another type to the one it means; other values stay as they are.
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

/// Converts a whole number to its decimal text.
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
