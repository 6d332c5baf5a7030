//! URLs.

use http::Uri;
use serde_json::Value;

use super::{Rule, Text};
use crate::body::Reading;

/// An absolute `http` or `https` URL without credentials or fragment (RFC 9110 section 4.2).
#[derive(Debug, Clone, Copy)]
pub struct Url(Text);

impl Url {
    /// A URL of at most `max` characters.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self(Text::new(0, max))
    }
}

impl Rule for Url {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.0.read(value, pointer, reading)?;
        if !is_address(&text) {
            let detail = "must be an address such as https://example.org/path";
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}

fn is_address(text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let Ok(uri) = text.parse::<Uri>() else {
        return false;
    };
    let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
    let host = uri.host().is_some_and(|host| !host.is_empty());
    let bare = uri
        .authority()
        .is_some_and(|one| !one.as_str().contains('@'));
    plain && scheme && host && bare && !text.contains('#')
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn takes_absolute_addresses_without_credentials() {
        for good in [
            "https://a.example",
            "http://a.example:8080/b?c=d",
            "https://[2001:db8::1]/",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "//a.example",
            "/a",
            "ftp://a.example",
            "https://",
            "https:///a",
            "https://u:p@a.example",
            "https://a.example/#b",
            "https://a b",
            "https://a\\b",
            "https://ä.example",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
