//! Booleans.

use serde_json::Value;

use super::Rule;
use super::lenient::Loose;
use crate::body::Reading;
use crate::value::whole;

/// `true` or `false`; 1, 0 and the texts `true` and `false` are read as well.
#[derive(Debug, Clone, Copy)]
pub struct Flag;

impl Rule for Flag {
    type Value = bool;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<bool> {
        let flag = match &value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => match whole(number) {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        if flag.is_none() {
            reading.refuse(pointer, "type", "must be true or false");
        }
        flag
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
