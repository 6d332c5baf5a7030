//! Requests, answers, and whether two answers are the same.

use std::collections::HashMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Request as HttpRequest};
use serde_json::Value;
use tower::ServiceExt;

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names and values, sorted.
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// A header that differs by its nature.
const UNIQUE: &str = "request-id";

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// An answer without HTTP.
    pub(crate) fn plain(status: u16, body: String) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
    }
}

impl Request {
    /// Sends it to a server.
    pub(crate) async fn send(&self, router: &Router) -> Answer {
        let mut request = HttpRequest::builder()
            .method(self.method.as_str())
            .uri(&self.target);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = self.body.clone().map_or_else(Body::empty, Body::from);
        let request = request.body(body).expect("a target that was encoded");
        let answer = router.clone().oneshot(request).await;
        let answer = answer.unwrap_or_else(|never| match never {});
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer {
            status: head.status.as_u16(),
            headers: pairs(&head.headers),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let pairs = headers.iter().filter(|(name, _)| name.as_str() != UNIQUE);
    let mut pairs: Vec<(String, String)> = pairs
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    pairs.sort();
    pairs
}

/// Which random texts of one server stand for which of another: secrets that servers draw are
/// never the same, but the same one is shown wherever it is shown.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    forth: HashMap<String, String>,
    back: HashMap<String, String>,
}

impl Pairs {
    /// Whether two answers are the same.
    pub(crate) fn same(&mut self, one: &Answer, other: &Answer) -> bool {
        one.status == other.status
            && one.headers == other.headers
            && (one.body == other.body || self.same_bodies(&one.body, &other.body))
    }

    /// Whether a text is random.
    pub(crate) fn is_random(&self, text: &str) -> bool {
        self.forth.contains_key(text)
    }

    fn same_bodies(&mut self, one: &str, other: &str) -> bool {
        let read = |text: &str| serde_json::from_str::<Value>(text);
        match (read(one), read(other)) {
            (Ok(one), Ok(other)) => self.same_values(&one, &other),
            _ => false,
        }
    }

    fn same_values(&mut self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|((name, one), (own, other))| {
                        name == own && self.same_values(one, other)
                    })
            }
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len()
                    && one
                        .iter()
                        .zip(other)
                        .all(|(one, other)| self.same_values(one, other))
            }
            (Value::String(one), Value::String(other)) => one == other || self.pair(one, other),
            (one, other) => one == other,
        }
    }

    /// Whether two different texts are random, and always stand for each other.
    fn pair(&mut self, one: &str, other: &str) -> bool {
        if !(is_random(one) && is_random(other) && one.len() == other.len()) {
            return false;
        }
        let forth = self.forth.entry(one.to_owned()).or_insert(other.to_owned());
        let back = self.back.entry(other.to_owned()).or_insert(one.to_owned());
        forth == other && back == one
    }
}

/// Whether a text looks as if it was drawn: long, and neither a UUID nor a hexadecimal
/// identifier, which are made from the clock.
fn is_random(text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_+/=".contains(&byte));
    let made = text.len() == 24 || text.len() == 36;
    plain && text.len() >= 20 && !made
}
