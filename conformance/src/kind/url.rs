//! URLs with the schemes `http` and `https`.

use proptest::prelude::*;
use serde_json::Value;

use super::{Cases, Kind, Shown, Source, Within};

/// An absolute URL of at most this many characters, without user and fragment.
pub(super) struct Url(pub(super) u32);

impl Kind for Url {
    fn wording(&self) -> String {
        format!("an http or https address of at most {} characters", self.0)
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        "https?://[a-z]{1,8}\\.example(:[1-9][0-9]{1,3})?/[a-z0-9]{0,8}(\\?[a-z]=[0-9])?"
            .prop_map(Value::String)
            .boxed()
    }

    fn fresh(&self, within: &Within<'_>, source: &dyn Source) -> Value {
        match self.0 > 60 {
            true => format!("https://{}.example/", source.word()).into(),
            false => source.drawn(self.strategy(within)),
        }
    }

    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        let taken = [
            "https://a.example",
            "http://a.example:8080/b/c?d=e",
            "https://[2001:db8::1]/x",
        ];
        Some(Cases::texts(
            taken.map(|text| (text, text)),
            &[
                "",
                "a.example",
                "//a.example",
                "/a",
                "ftp://a.example",
                "mailto:a@b.example",
                "https://",
                "https://u:p@a.example/",
                "https://a.example/#b",
                "https://a b.example",
                "https://ä.example",
            ],
        ))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![
            ("nowhere".into(), "format"),
            ("ftp://a.example".into(), "format"),
        ]
    }
}
