//! Language tags.

use oxilangtag::LanguageTag;
use serde_json::Value;

use super::Rule;
use super::text::text;
use crate::body::Reading;

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
