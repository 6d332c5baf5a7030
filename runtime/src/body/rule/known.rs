//! Texts that a standard knows: time zones, language tags, colours.

use oxilangtag::LanguageTag;
use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;
use crate::value::is_time_zone;

/// A name of the IANA time zone database, links included, kept as sent.
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

/// A well-formed language tag (BCP 47), kept in its canonical case.
#[derive(Debug, Clone, Copy)]
pub struct Language;

impl Rule for Language {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        let Ok(tag) = LanguageTag::parse_and_normalize(&text) else {
            let detail = "must be a language tag of BCP 47, such as en or pt-BR";
            reading.refuse(pointer, "format", detail);
            return None;
        };
        Some(tag.into_inner())
    }
}

/// A colour as `#` and six hexadecimal digits, kept in lower case.
#[derive(Debug, Clone, Copy)]
pub struct Color;

impl Rule for Color {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = text(value, pointer, reading)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let detail = "must be a colour such as #0a7bff";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text.to_ascii_lowercase())
    }
}
