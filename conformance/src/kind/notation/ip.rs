//! Addresses of the Internet Protocol.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use fieldproof_spec::model::{Api, Asks};
use proptest::prelude::*;
use serde_json::Value;

use crate::kind::{Cases, Kind, Shown, Source, Within};

/// An address of either version, read in any notation and shown in that of RFC 5952.
pub(super) struct Ip;

/// An address of documentation (RFC 3849) that contains a number.
fn address(number: u64) -> Ipv6Addr {
    let [_, _, a, b, c, d, e, f] = number.to_be_bytes();
    let word = |high, low| u16::from_be_bytes([high, low]);
    Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0xa, word(a, b), word(c, d), word(e, f))
}

/// Every group in full and in upper case, which is the same address.
fn full(address: Ipv6Addr) -> String {
    let groups = address.segments().map(|group| format!("{group:04X}"));
    groups.join(":")
}

/// The same address in another notation, if there is one.
fn other(text: &str) -> Option<String> {
    text.parse().ok().map(full).filter(|other| other != text)
}

impl Kind for Ip {
    fn wording(&self) -> String {
        "an IP address".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        // Groups of zeros are what the shown form is about.
        let group = prop_oneof![Just(0_u16), any::<u16>(), 0..16_u16];
        let sixth = proptest::array::uniform8(group).prop_map(Ipv6Addr::from);
        prop_oneof![
            any::<u32>().prop_map(|bits| Ipv4Addr::from(bits).to_string()),
            sixth.clone().prop_map(|one| one.to_string()),
            sixth.prop_map(full),
        ]
        .prop_map(Value::String)
        .boxed()
    }

    fn fresh(&self, _: &Within<'_>, source: &dyn Source) -> Value {
        address(source.nonce()).to_string().into()
    }

    fn syntax(&self, nonce: u64) -> Option<Cases<Shown>> {
        let own = address(nonce).to_string();
        let next = address(nonce + 1);
        let (sent, shown) = (full(next), next.to_string());
        Some(
            Cases::texts(
                [
                    (own.as_str(), own.as_str()),
                    (&sent, &shown),
                    ("192.0.2.1", "192.0.2.1"),
                    ("0.0.0.0", "0.0.0.0"),
                    ("::", "::"),
                    // The longest run of zeros, and the first of two, is left out; a single
                    // group of zeros never is (RFC 5952 section 4.2).
                    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
                    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
                    ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
                    // An address of version 4 in one of version 6 (section 5).
                    ("::FFFF:c000:0201", "::ffff:192.0.2.1"),
                    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
                ],
                &[
                    "",
                    "x",
                    "192.0.2",
                    "192.0.2.1.5",
                    "192.0.2.256",
                    "192.0.2.01",
                ],
            )
            .without([
                "192.0.2.1/24",
                "3221225985",
                "[2001:db8::1]",
                "2001:db8::1%eth0",
            ])
            .without([
                "2001:db8::1::1",
                "2001:db8:1",
                "2001:db8::12345",
                "2001:db8::g",
            ])
            .without(["1:2:3:4:5:6:7::8", "::192.0.2.1:1", " ::1", "localhost"]),
        )
    }

    fn illegal(&self) -> Vec<(Value, &'static str)> {
        vec![("192.0.2.256".into(), "format"), ("x".into(), "format")]
    }

    fn twin(&self, value: &str) -> Option<String> {
        other(value)
    }

    /// The address in both notations, which are equal.
    fn questions(&self, value: &Value, _: Asks) -> Vec<String> {
        let Some(text) = value.as_str() else {
            return Vec::new();
        };
        std::iter::once(text.to_owned())
            .chain(other(text))
            .collect()
    }

    fn strangers(&self, _: &Api, _: Asks, source: &dyn Source) -> Vec<String> {
        vec![address(source.nonce()).to_string(), source.word()]
    }

    fn equals(&self, value: &Value, text: &str, _folded: bool) -> bool {
        let read = |text: &str| text.parse::<IpAddr>().ok();
        let value = value.as_str().and_then(read);
        value.is_some() && value == read(text)
    }
}
