//! Removes secrets of a request from the logged response, which may repeat them.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::request_log::{NOT_SHOWN, beginning};

/// Minimum length of header values that are redacted; shorter ones occur in ordinary text.
const SHORTEST: usize = 6;

/// The secrets of one request. A receiver may repeat what it was sent, and its response is
/// logged for others to read.
#[derive(Default)]
pub(super) struct Redaction {
    secrets: Vec<String>,
    /// Whether the request body was privileged, in which case nothing of the response is shown.
    whole: bool,
}

impl Redaction {
    /// Adds a secret to redact.
    pub(super) fn secret(&mut self, secret: &str) {
        if !secret.is_empty() {
            self.secrets.push(secret.to_owned());
        }
    }

    /// Redacts the whole response.
    pub(super) fn everything(&mut self) {
        self.whole = true;
    }

    /// Adds the credentials in header fields.
    pub(super) fn headers(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            let Ok(text) = value.to_str() else {
                continue;
            };
            match text.split_once(' ') {
                // The scheme need not be redacted.
                Some((_, credentials)) if *name == AUTHORIZATION => self.secret(credentials),
                _ if *name == AUTHORIZATION => self.secret(text),
                _ if value.is_sensitive() && text.len() >= SHORTEST => self.secret(text),
                _ => {}
            }
        }
    }

    /// The beginning of a response, redacted.
    pub(super) fn show(&self, body: &[u8]) -> String {
        if self.whole {
            return NOT_SHOWN.to_owned();
        }
        let mut text = beginning(body);
        for secret in &self.secrets {
            text = text.replace(secret, NOT_SHOWN);
            // The logged part may end in the middle of a secret.
            let lengths = (SHORTEST..secret.len()).rev();
            let mut parts = lengths.filter_map(|length| secret.get(..length));
            if let Some(part) = parts.find(|part| text.ends_with(part)) {
                text.truncate(text.len() - part.len());
                text.push_str(NOT_SHOWN);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn what_was_sent_in_confidence_is_not_shown_wherever_it_is_cut() {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer abcdefghij"));
        headers.insert("x-plain", HeaderValue::from_static("plainly"));
        for (name, value) in [("x-short", "1"), ("x-long", "long-secret")] {
            let mut value = HeaderValue::from_static(value);
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        let mut redaction = Redaction::default();
        redaction.headers(&headers);
        redaction.secret("");
        let said = b"1 plainly: Bearer abcdefghij, long-secret";
        let shown = "1 plainly: Bearer not shown, not shown";
        assert_eq!(redaction.show(said), shown);
        assert_eq!(redaction.show(b"it was abcdefg"), "it was not shown");
        assert_eq!(redaction.show(b"it was abc"), "it was abc");
    }
}
