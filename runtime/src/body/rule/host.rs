//! Host names.

use serde_json::Value;

use super::{Rule, Text};
use crate::body::Reading;

/// Maximum length of a label in bytes (RFC 1035 section 2.3.4).
const LONGEST_LABEL: usize = 63;

/// A host name (RFC 1123 section 2.1, A-labels of RFC 5891), kept in lower case.
#[derive(Debug, Clone, Copy)]
pub struct Host(Text);

impl Host {
    /// A name of at most `max` characters.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self(Text::new(0, max))
    }
}

impl Rule for Host {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let mut text = self.0.read(value, pointer, reading)?;
        if !is_name(&text) {
            let detail = "must be the name of a host such as www.example.org";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        text.make_ascii_lowercase();
        Some(text)
    }
}

fn is_name(text: &str) -> bool {
    let label = |label: &str| {
        let bytes = label.as_bytes();
        let ends = [bytes.first(), bytes.last()];
        ends.iter()
            .flatten()
            .all(|byte| byte.is_ascii_alphanumeric())
            && (1..=LONGEST_LABEL).contains(&bytes.len())
            && bytes
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    // The last label of an IPv4 address is a number; that of a host name is not.
    let last = text.rsplit_once('.').map_or(text, |(_, last)| last);
    text.split('.').all(label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}
