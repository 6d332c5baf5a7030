//! A request and its response.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request and its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// The full URL.
    pub url: String,
    /// When the request was sent, as RFC 3339 has it.
    #[serde(default)]
    pub started: String,
    /// How long the answer took, in milliseconds.
    #[serde(default)]
    pub millis: u64,
    /// The headers of the request; tokens are replaced by shell variables.
    pub headers: Vec<(String, String)>,
    /// The complete body of the request; bytes that are not text are replaced.
    pub body: Option<String>,
    /// The body in base64, if it is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// The headers of the answer, with lower-case names.
    pub reply_headers: Vec<(String, String)>,
    /// The body of the answer.
    pub reply: String,
}

/// The maximum length of a body in reports.
const SHOWN: usize = 4_000;

impl Exchange {
    /// A header of the response.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.reply_headers.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body of the response as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.reply).unwrap_or(Value::Null)
    }

    /// Stores the body of the request.
    pub(super) fn set_body(&mut self, body: &[u8]) {
        let text = String::from_utf8_lossy(body);
        // A word of the shell cannot contain a NUL byte.
        let odd = text.as_bytes() != body || body.contains(&0);
        self.bytes = odd.then(|| STANDARD.encode(body));
        self.body = Some(text.into_owned());
    }

    /// The body of the request as it was sent.
    pub(crate) fn sent(&self) -> Option<Vec<u8>> {
        let odd = self.bytes.as_ref().map(|text| STANDARD.decode(text));
        match odd {
            Some(Ok(body)) => Some(body),
            _ => self.body.as_ref().map(|body| body.clone().into_bytes()),
        }
    }

    /// The exchange with a long answer cut, for reports. The request stays complete so that
    /// it can be repeated.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        self.reply = shorten(&self.reply);
        self
    }

    /// The exchange with all long bodies cut, for people to read.
    #[must_use]
    pub fn at_a_glance(mut self) -> Self {
        self.body = self.body.map(|body| shorten(&body));
        self.shortened()
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}… ({} bytes)", &text[..at], text.len()),
        None => text.to_owned(),
    }
}
