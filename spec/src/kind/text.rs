//! Free texts.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::given::{Given, TEXT_MAX};
use crate::model::Type;
use crate::syntax::{Asks, Role};

/// A text of `min` to `max` Unicode scalar values.
pub(super) struct Text {
    pub(super) min: u32,
    pub(super) max: u32,
}

/// The type of a text, depending on the row: plain, with a pattern, of a closed list, or
/// the identifier of a signing key.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    match given.field {
        Some(field) if !field.values.is_empty() => Type::Values(field.values.clone()),
        Some(field) if field.role == Some(Role::Keys) => Type::SigningKey(Vec::new()),
        _ => {
            let (min, max) = given.lengths(0, TEXT_MAX);
            match given.pattern() {
                Some(pattern) => Type::Matching { min, max, pattern },
                None => Type::Text { min, max },
            }
        }
    }
}

impl Kind for Text {
    fn takes(&self, key: Key) -> bool {
        matches!(
            key,
            Key::Max
                | Key::Min
                | Key::Values
                | Key::Pattern
                | Key::Reserved
                | Key::Lenient
                | Key::Blank
        )
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_textual()
    }

    // If there is a minimum length, an empty text would be invalid.
    fn empty(&self) -> Value {
        match self.min {
            0 => Value::String(String::new()),
            _ => Value::Null,
        }
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        text(value, self.min, self.max).map(Value::from)
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Length(self.min, self.max))
    }

    fn lengths(&self) -> (u32, u32) {
        (self.min, self.max)
    }
}

/// A text of `min` to `max` characters.
pub(super) fn text(value: &Value, min: u32, max: u32) -> Result<&str, &'static str> {
    let Value::String(text) = value else {
        return Err("type");
    };
    let length = text.chars().count();
    match () {
        () if text.contains('\0') => Err("invalid_character"),
        () if length > max as usize => Err("too_long"),
        () if length < min as usize => Err("too_short"),
        () => Ok(text),
    }
}

/// The text that a whole number stands for.
pub(super) fn digits(value: &Value) -> Value {
    let Value::Number(number) = value else {
        return value.clone();
    };
    match super::integer::whole(value) {
        Some(number) => number.to_string().into(),
        None if number.is_u64() => number.to_string().into(),
        None => value.clone(),
    }
}
