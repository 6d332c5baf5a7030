//! Keys of reference tables.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::reference::Keys;
use crate::value::whole;

/// The text of a key column of a reference table. If all keys are digits of one length, a JSON
/// integer is accepted as well and padded.
#[derive(Clone, Copy)]
pub struct Key<K: 'static>(pub &'static K);

impl<K: Keys> Rule for Key<K> {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let number = value.as_number().and_then(whole);
        let number = number.and_then(|number| u64::try_from(number).ok());
        let key = match (number, self.0.width()) {
            (Some(number), Some(width)) => format!("{number:0width$}"),
            _ => text(value, pointer, reading)?,
        };
        if !self.0.knows(&key) {
            let detail = format!("is not a known {}", self.0.what());
            reading.refuse(pointer, "not_a_value", detail);
            return None;
        }
        Some(key)
    }
}
