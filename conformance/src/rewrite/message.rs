//! Requests and answers as they pass the proxy, without any additions or merging.

use serde_json::Value;

/// Header fields in the order of arrival.
pub(super) type Fields = Vec<(String, String)>;

/// A request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path with the query.
    pub target: String,
    /// Header fields.
    pub fields: Fields,
    /// The body.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Header fields.
    pub fields: Fields,
    /// The body.
    pub body: Vec<u8>,
}

/// A request with its answer and its route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The path with placeholders for identifiers.
    pub route: String,
    /// The request.
    pub request: Request,
    /// The answer.
    pub response: Response,
}

impl Request {
    /// The target without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        let end = self.target.find('?').unwrap_or(self.target.len());
        &self.target[..end]
    }

    /// The raw pairs of the query.
    pub fn pairs(&self) -> impl Iterator<Item = &str> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        query.split('&').filter(|pair| !pair.is_empty())
    }

    /// Replaces the pairs of the query.
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

    /// The credentials of the caller.
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

    /// Whether the request succeeded.
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

/// The decoded name of a query pair.
pub(super) fn name_of(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    decoded.into_owned()
}
