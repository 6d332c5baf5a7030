//! Universally unique identifiers.

use fieldproof_spec::model::{Api, Asks};
use fieldproof_spec::value::external;
use proptest::prelude::*;
use serde_json::Value;

use crate::kind::{Cases, Kind, Shown, Source, Within};

/// A UUID (RFC 9562), read in any case and shown in lower case.
pub(super) struct Uuid;

/// A UUID that contains a number.
fn uuid(number: u64) -> String {
    format!("6f9619ff-8b86-4011-b42d-{:012x}", number & 0xffff_ffff_ffff)
}

impl Kind for Uuid {
    fn wording(&self) -> String {
        "a UUID".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            .prop_map(Value::String)
            .boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        uuid(source.nonce()).into()
    }

    fn syntax(&self, nonce: u64) -> Option<Cases<Shown>> {
        let own = uuid(nonce);
        let upper = uuid(nonce + 1).to_uppercase();
        let lower = upper.to_lowercase();
        let bare = own.replace('-', "");
        let braced = format!("{{{own}}}");
        let urn = format!("urn:uuid:{own}");
        let long = format!("{own}0");
        let other = own.replacen('f', "g", 1);
        Some(
            Cases::texts(
                [
                    (own.as_str(), own.as_str()),
                    (&upper, &lower),
                    // UUIDs of any version are valid, and so is the nil UUID.
                    (
                        "00000000-0000-0000-0000-000000000000",
                        "00000000-0000-0000-0000-000000000000",
                    ),
                ],
                &["", "x", "6f9619ff-8b86-4011-b42d"],
            )
            .without([&*bare, &*braced, &*urn, &*long, &*other]),
        )
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("6f9619ff".into(), "format"), ("x".into(), "format")]
    }

    fn twin(&self, value: &str) -> Option<String> {
        Some(value.to_uppercase())
    }

    /// The UUID in both cases, which are equal.
    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        let Some(text) = value.as_str() else {
            return Vec::new();
        };
        vec![text.to_owned(), text.to_uppercase()]
    }

    fn strangers(&self, _: &Api, _: Asks, source: &dyn Source) -> Vec<String> {
        vec![uuid(source.nonce()), source.word()]
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        let value = value.as_str().map(external);
        value.is_some_and(|value| value == external(text))
    }
}
