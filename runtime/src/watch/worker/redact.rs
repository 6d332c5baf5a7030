//! Redaction: secrets that were sent are taken out of the answer that is logged.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::request_log::{NOT_SHOWN, beginning};

/// Shorter values of header fields are left in: each letter may be one.
const SHORTEST: usize = 6;

/// Secrets of one request. A receiver may say what it was sent, and what it
/// says is kept for others to read.
#[derive(Default)]
pub(super) struct Redaction {
    secrets: Vec<String>,
    /// The body that was sent is privileged, so nothing of the answer is shown.
    whole: bool,
}

impl Redaction {
    /// Redacts a secret.
    pub(super) fn secret(&mut self, secret: &str) {
        if !secret.is_empty() {
            self.secrets.push(secret.to_owned());
        }
    }

    /// Redacts the whole answer.
    pub(super) fn everything(&mut self) {
        self.whole = true;
    }

    /// Redacts the credentials in header fields.
    pub(super) fn headers(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            let Ok(text) = value.to_str() else {
                continue;
            };
            match text.split_once(' ') {
                // Who reads along needs no scheme.
                Some((_, credentials)) if *name == AUTHORIZATION => self.secret(credentials),
                _ if *name == AUTHORIZATION => self.secret(text),
                _ if value.is_sensitive() && text.len() >= SHORTEST => self.secret(text),
                _ => {}
            }
        }
    }

    /// The beginning of an answer as it may be shown.
    pub(super) fn show(&self, body: &[u8]) -> String {
        if self.whole {
            return NOT_SHOWN.to_owned();
        }
        let mut text = beginning(body);
        for secret in &self.secrets {
            text = text.replace(secret, NOT_SHOWN);
            // The end of what is kept may be amid a secret.
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
