//! Language tags (BCP 47).

use fieldproof_spec::model::Api;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::kind::{Cases, Kind, Shown, Within};

/// A language tag, shown in the case that RFC 5646 recommends.
pub(super) struct Language;

/// The tags that values are taken from.
const TAGS: &[&str] = &["en", "EN-ca", "pt-BR", "zh-Hant-TW", "de"];

impl Kind for Language {
    fn wording(&self) -> String {
        "a language tag".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        select(TAGS).prop_map(Value::from).boxed()
    }

    fn room(&self, _: &Api) -> u64 {
        TAGS.len() as u64
    }

    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        Some(Cases::texts(
            [
                ("en", "en"),
                ("EN-ca", "en-CA"),
                ("zh-hant-tw", "zh-Hant-TW"),
                ("PT-br", "pt-BR"),
            ],
            &["", "e", "english language", "en_US", "en--US", "-en", "12"],
        ))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("no such tag".into(), "format")]
    }
}
