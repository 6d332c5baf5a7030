//! Requests and responses as they cross the proxy: nothing is added, nothing is merged.

use serde_json::Value;

/// Header fields in the order they came in.
pub(super) type Fields = Vec<(String, String)>;

/// What a client asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Header fields.
    pub fields: Fields,
    /// The body.
    pub body: Vec<u8>,
}

/// What a service answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Header fields.
    pub fields: Fields,
    /// The body.
    pub body: Vec<u8>,
}

/// A request with its response, and the route that it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The path with its identifiers left out.
    pub route: String,
    /// What was asked.
    pub request: Request,
    /// What was answered.
    pub response: Response,
}

impl Request {
    /// The target without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        let end = self.target.find('?').unwrap_or(self.target.len());
        &self.target[..end]
    }

    /// The pairs of the query as they are written.
    pub fn pairs(&self) -> impl Iterator<Item = &str> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        query.split('&').filter(|pair| !pair.is_empty())
    }

    /// The request with other pairs in its query.
    pub(super) fn set_pairs(&mut self, pairs: &[String]) {
        let path = self.path().to_owned();
        self.target = match pairs {
            [] => path,
            pairs => format!("{path}?{}", pairs.join("&")),
        };
    }

    /// A header field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Who asks.
    pub(super) fn caller(&self) -> String {
        self.field("authorization").unwrap_or_default().to_owned()
    }
}

impl Response {
    /// A header field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Whether what was asked was done.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

fn field<'f>(fields: &'f Fields, name: &str) -> Option<&'f str> {
    let found = fields
        .iter()
        .find(|(own, _)| own.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// The name of a pair of a query, decoded.
pub(super) fn name_of(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    decoded.into_owned()
}
