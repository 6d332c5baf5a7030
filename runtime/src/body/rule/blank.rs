//! Rules for texts that consist of blanks only.

use serde_json::Value;

use super::Rule;
use crate::body::{Presence, Reading};

/// Refuses a text that consists of blanks only.
#[derive(Debug, Clone, Copy)]
pub struct NotBlank<R>(pub R);

impl<R: Rule> Rule for NotBlank<R> {
    type Value = R::Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<R::Value> {
        // An empty text is refused by the rule for length, if at all.
        if is_blank(&value) && value != "" {
            reading.refuse(pointer, "blank", "must not consist of blanks only");
            return None;
        }
        self.0.read(value, pointer, reading)
    }

    fn nothing(&self, value: &Value) -> Option<Presence<R::Value>> {
        self.0.nothing(value)
    }

    fn rank(&self, value: &R::Value, reading: &Reading) -> Option<usize> {
        self.0.rank(value, reading)
    }
}

/// Treats a text that consists of blanks only like `null`.
#[derive(Debug, Clone, Copy)]
pub struct BlankNull<R>(pub R);

impl<R: Rule> Rule for BlankNull<R> {
    type Value = R::Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<R::Value> {
        self.0.read(value, pointer, reading)
    }

    fn nothing(&self, value: &Value) -> Option<Presence<R::Value>> {
        match is_blank(value) {
            true => Some(Presence::Null),
            false => self.0.nothing(value),
        }
    }
}

/// Treats a text that consists of blanks only, like `null`, as an empty list.
#[derive(Debug, Clone, Copy)]
pub struct BlankEmpty<R>(pub R);

impl<V, R: Rule<Value = Vec<V>>> Rule for BlankEmpty<R> {
    type Value = Vec<V>;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Vec<V>> {
        self.0.read(value, pointer, reading)
    }

    fn nothing(&self, value: &Value) -> Option<Presence<Vec<V>>> {
        (value.is_null() || is_blank(value)).then(|| Presence::Value(Vec::new()))
    }
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}
