//! Time zones.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::value::is_time_zone;

/// A time zone name of the IANA database, including links, kept as sent.
#[derive(Debug, Clone, Copy)]
pub struct TimeZone;

impl Rule for TimeZone {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        if !is_time_zone(&text) {
            let detail = "must be a time zone of the IANA database, such as Europe/Berlin";
            reading.refuse(pointer, "not_a_value", detail);
            return None;
        }
        Some(text)
    }
}
