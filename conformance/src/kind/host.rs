//! Host names.

use proptest::prelude::*;
use serde_json::Value;

use super::{Cases, Kind, Shown, Within};

/// A host name of at most this many characters, shown in lower case.
pub(super) struct Host(pub(super) u32);

impl Kind for Host {
    fn wording(&self) -> String {
        format!("the name of a host of at most {} characters", self.0)
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        let max = self.0 as usize;
        "[A-Za-z0-9]{1,5}(-[a-z0-9]{1,3})?\\.[A-Za-z]{2,4}"
            .prop_map(move |name| name[name.len().saturating_sub(max)..].into())
            .boxed()
    }

    fn syntax(&self, _nonce: u64) -> Option<Cases<Shown>> {
        let cases = Cases::texts(
            [
                ("a.example", "a.example"),
                ("WWW.A-b.Example", "www.a-b.example"),
                ("xn--bcher-kva.example", "xn--bcher-kva.example"),
                ("localhost", "localhost"),
                ("3com.example", "3com.example"),
            ],
            &[
                "",
                ".",
                "a..example",
                "a.example.",
                "-a.example",
                "a-.example",
                "a_b.example",
                "a b.example",
                "a.example:80",
                "http://a.example",
                "a.example/b",
                "b\u{fc}cher.example",
                "192.0.2.1",
                "[2001:db8::1]",
            ],
        );
        // A label has at most 63 characters.
        let long = format!("{}.example", "a".repeat(64));
        Some(cases.without((self.0 > 72).then_some(long.as_str())))
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("a b".into(), "format"), ("192.0.2.1".into(), "format")]
    }
}
