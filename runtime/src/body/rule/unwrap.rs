//! Values in envelopes, and reserved or excusable texts.

use serde_json::Value;

use super::Rule;
use crate::body::pointer::token;
use crate::body::{Presence, Reading};

/// Also accepts an object with this single member, and reads the member's value.
#[derive(Debug, Clone, Copy)]
pub struct Enveloped<R>(pub &'static str, pub R);

impl<R: Rule> Rule for Enveloped<R> {
    type Value = R::Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<R::Value> {
        match value {
            Value::Object(mut map) if map.len() == 1 && map.contains_key(self.0) => {
                let inner = map.shift_remove(self.0).unwrap_or_default();
                self.1
                    .read(inner, &format!("{pointer}/{}", token(self.0)), reading)
            }
            value => self.1.read(value, pointer, reading),
        }
    }

    fn nothing(&self, value: &Value) -> Option<Presence<R::Value>> {
        self.1.nothing(value)
    }

    fn rank(&self, value: &R::Value, reading: &Reading) -> Option<usize> {
        self.1.rank(value, reading)
    }
}

/// Refuses reserved texts.
#[derive(Debug, Clone, Copy)]
pub struct Reserved<R>(pub &'static [&'static str], pub R);

impl<R: Rule<Value = String>> Rule for Reserved<R> {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.1.read(value, pointer, reading)?;
        if self.0.contains(&text.as_str()) {
            reading.refuse(pointer, "reserved", "is reserved");
            return None;
        }
        Some(text)
    }

    fn rank(&self, value: &String, reading: &Reading) -> Option<usize> {
        self.1.rank(value, reading)
    }
}

/// Defers the violations of a text until the whole object is known: they are excused if the
/// text equals the one that stands in when none is sent.
#[derive(Debug, Clone, Copy)]
pub struct Excusable<R>(pub R);

impl<R: Rule<Value = String>> Rule for Excusable<R> {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = value.as_str().map(str::to_owned);
        let before = reading.found.len();
        match (self.0.read(value, pointer, reading), text) {
            (None, Some(text)) => {
                reading.excusable.extend(reading.found.take_since(before));
                Some(text)
            }
            (read, _) => read,
        }
    }
}
