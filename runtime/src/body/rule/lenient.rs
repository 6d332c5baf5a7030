//! Other JSON values of the same meaning.

use serde_json::Value;

use super::{
    Closed, Email, Excusable, ExternalId, Flag, Integer, Password, Reserved, Rule, Secret, Text,
    Values,
};
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

impl Loose for Flag {
    fn meant(value: Value) -> Value {
        match value.as_str().map(str::to_ascii_lowercase).as_deref() {
            Some("true" | "1") => true.into(),
            Some("false" | "0") => false.into(),
            _ => value,
        }
    }
}

impl Loose for Integer {
    fn meant(value: Value) -> Value {
        let digits = |text: &&str| {
            let digits = text.strip_prefix('-').unwrap_or(text);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let number = value.as_str().filter(digits).map(str::parse::<i64>);
        match number {
            Some(Ok(number)) => number.into(),
            _ => value,
        }
    }
}

impl Loose for Text {
    fn meant(value: Value) -> Value {
        text(value)
    }
}

impl Loose for Email {
    fn meant(value: Value) -> Value {
        text(value)
    }
}

impl Loose for ExternalId {
    fn meant(value: Value) -> Value {
        text(value)
    }
}

impl<V: Values> Loose for Closed<V> {
    fn meant(value: Value) -> Value {
        text(value)
    }
}

impl Loose for Password {
    fn meant(value: Value) -> Value {
        text(value)
    }
}

impl Loose for Secret {
    fn meant(value: Value) -> Value {
        text(value)
    }
}

impl<V: Values> Loose for Folded<V> {
    fn meant(value: Value) -> Value {
        text(value)
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

/// A value of a closed list in any case.
#[derive(Debug, Clone, Copy)]
pub struct Folded<V>(pub Closed<V>);

impl<V: Values> Rule for Folded<V> {
    type Value = V;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<V> {
        let known = value.as_str().and_then(|text| {
            let mut names = V::ALL.iter().map(|(name, _)| *name);
            names.find(|name| name.eq_ignore_ascii_case(text))
        });
        let value = known.map_or(value, Value::from);
        self.0.read(value, pointer, reading)
    }

    fn rank(&self, value: &V, reading: &Reading) -> Option<usize> {
        self.0.rank(value, reading)
    }
}

fn text(value: Value) -> Value {
    match &value {
        Value::Number(number) if number.is_u64() => number.to_string().into(),
        Value::Number(number) => match whole(number) {
            Some(number) => number.to_string().into(),
            None => value,
        },
        _ => value,
    }
}
