//! Dates.

use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::value::is_date;

/// A date of the Gregorian calendar as `2021-01-31` (RFC 3339 section 5.6,
/// `full-date`), kept as sent.
#[derive(Debug, Clone, Copy)]
pub struct Date;

impl Rule for Date {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        if !is_date(&text) {
            reading.refuse(pointer, "format", "must be a date such as 2021-01-31");
            return None;
        }
        Some(text)
    }
}
