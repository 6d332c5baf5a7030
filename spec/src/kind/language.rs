//! Language tags.

use oxilangtag::LanguageTag;
use serde_json::Value;

use super::facts::Kind;
use super::text::text;

/// A language tag, shown in the case that BCP 47 recommends.
pub(super) struct Language;

impl Kind for Language {
    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let tag = LanguageTag::parse_and_normalize(text(value, 0, u32::MAX)?);
        tag.map(|tag| tag.into_inner().into()).map_err(|_| "format")
    }
}
