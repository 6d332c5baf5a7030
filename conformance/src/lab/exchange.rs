//! A request and its response.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request and its response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Headers of the request; tokens are replaced by their role.
    pub headers: Vec<(String, String)>,
    /// Body of the request.
    pub body: Option<String>,
    /// Status of the response.
    pub status: u16,
    /// Headers of the response, names in lower case.
    pub reply_headers: Vec<(String, String)>,
    /// Body of the response.
    pub reply: String,
}

/// Longest text of a body that a report shows.
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

    /// A command line that sends the same request.
    #[must_use]
    pub fn curl(&self) -> String {
        let quote = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
        let mut line = format!("curl -i -g -X {} {}", self.method, quote(&self.url));
        for (name, value) in &self.headers {
            line.push_str(&format!(" -H {}", quote(&format!("{name}: {value}"))));
        }
        if let Some(body) = &self.body {
            line.push_str(&format!(" --data-raw {}", quote(&shorten(body))));
        }
        line
    }

    /// The exchange with long bodies cut, for reports.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        self.body = self.body.map(|body| shorten(&body));
        self.reply = shorten(&self.reply);
        self
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}… ({} bytes)", &text[..at], text.len()),
        None => text.to_owned(),
    }
}
