//! Booleans.

use serde_json::{Value, json};

use super::facts::{Key, Kind};
use super::integer::whole;
use crate::syntax::Asks;

/// True or false.
pub(super) struct Boolean;

impl Kind for Boolean {
    fn takes(&self, key: Key) -> bool {
        key == Key::Lenient
    }

    fn carries(&self, asks: Asks) -> bool {
        asks == Asks::Value
    }

    fn compared_as(&self) -> &'static str {
        "boolean"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn is_string(&self) -> bool {
        false
    }

    fn is_compared(&self) -> bool {
        true
    }

    fn empty(&self) -> Value {
        Value::Bool(false)
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match value {
            Value::Bool(_) => Ok(value.clone()),
            Value::Number(_) if whole(value) == Some(1) => Ok(json!(true)),
            Value::Number(_) if whole(value) == Some(0) => Ok(json!(false)),
            Value::String(text) if text == "true" => Ok(json!(true)),
            Value::String(text) if text == "false" => Ok(json!(false)),
            _ => Err("type"),
        }
    }

    fn meant(&self, value: &Value) -> Value {
        let text = value.as_str().map(str::to_lowercase);
        match text.as_deref() {
            Some("true" | "1") => json!(true),
            Some("false" | "0") => json!(false),
            _ => value.clone(),
        }
    }
}
