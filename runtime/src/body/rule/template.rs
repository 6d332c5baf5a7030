//! Templates.

use serde_json::Value;

use super::Rule;
use super::object::refuse_nul;
use crate::body::Reading;
use crate::watch::template;

/// An object or a text with `${JSONPath}` in its texts, kept as sent.
#[derive(Debug, Clone, Copy)]
pub struct Template;

impl Rule for Template {
    type Value = Value;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Value> {
        let mut clean = true;
        refuse_nul(&value, pointer, reading, &mut clean);
        if !matches!(value, Value::String(_) | Value::Object(_)) {
            reading.refuse(pointer, "type", "must be an object or a text");
            return None;
        }
        match template::Template::parse(&value) {
            Ok(_) => clean.then_some(value),
            Err(why) => {
                reading.refuse(pointer, "format", why);
                None
            }
        }
    }
}
