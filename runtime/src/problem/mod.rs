//! Error responses (RFC 9457): one format and one table of kinds.

mod found;
mod kind;
mod page;
mod violation;

pub use found::{Found, NAMED};
pub use kind::{KINDS, ProblemKind};
pub(crate) use page::{escape, html};
pub use page::{index, page};
pub use violation::{At, Violation};

use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT, ALLOW, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use http::{Method, StatusCode};
use serde_json::{Map, Value};

/// Maximum size in bytes of the violations in one response; the rest are counted.
const ERRORS: usize = 56 << 10;

/// An error response.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// Its kind, an entry of [`KINDS`].
    pub code: &'static str,
    /// What is wrong with the request.
    pub detail: String,
    /// The violations, each with its location.
    pub errors: Vec<Violation>,
    /// The number of further violations.
    pub more: usize,
    /// Further headers of the response.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    fn new(code: &'static str, detail: impl Into<String>) -> Self {
        let kind = KINDS.iter().find(|kind| kind.code == code);
        Self {
            status: kind.map_or(500, |kind| kind.status),
            code,
            detail: detail.into(),
            errors: Vec::new(),
            more: 0,
            headers: Vec::new(),
        }
    }

    fn with(mut self, found: impl Into<Found>) -> Self {
        (self.errors, self.more) = found.into().into_parts();
        self
    }

    fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers
            .extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// A body that breaks rules; the deployment chooses 422 or 400.
    #[must_use]
    pub fn validation(status: u16, found: impl Into<Found>) -> Self {
        let found = found.into();
        let detail = match found.len() {
            1 => "one rule is broken".to_owned(),
            count => format!("{count} rules are broken"),
        };
        Self {
            status,
            ..Self::new("validation", detail)
        }
        .with(found)
    }

    /// A body that is not JSON.
    #[must_use]
    pub fn malformed(detail: String) -> Self {
        Self::new("malformed_body", detail)
    }

    /// A body with arrays and objects nested more than `depth` deep.
    #[must_use]
    pub fn too_deep(depth: usize) -> Self {
        Self::new("too_deep", format!("the body nests deeper than {depth}"))
    }

    /// A body that is longer than `bytes`.
    #[must_use]
    pub fn body_too_large(bytes: usize) -> Self {
        Self::new(
            "body_too_large",
            format!("the body is longer than {bytes} bytes"),
        )
    }

    /// A body in a media type that is not supported; `formats` lists the supported ones (RFC
    /// 9110 section 15.5.16). For `PATCH` and `POST` they are also sent in the headers that RFC
    /// 5789 section 3.1 and the Linked Data Platform define.
    #[must_use]
    pub fn unsupported_media_type(method: &Method, formats: &str) -> Self {
        let refusal = Self::new(
            "unsupported_media_type",
            format!("send the body as {}", formats.replace(", ", " or ")),
        )
        .header(ACCEPT, formats);
        let more = match *method {
            Method::PATCH => "accept-patch",
            Method::POST => "accept-post",
            _ => return refusal,
        };
        refusal.header(HeaderName::from_static(more), formats)
    }

    /// Query parameters that the operation does not accept.
    #[must_use]
    pub fn bad_query(found: impl Into<Found>) -> Self {
        Self::new("bad_query", "the query string cannot be used").with(found)
    }

    /// A change that own logic refuses.
    #[must_use]
    pub fn refused(detail: impl Into<String>) -> Self {
        Self::new("refused", detail)
    }

    /// A header with an illegal value.
    #[must_use]
    pub fn bad_header(name: &str, detail: &str) -> Self {
        let violation = Violation {
            at: At::Header(name.to_owned()),
            code: "format",
            detail: detail.to_owned(),
        };
        Self::new("bad_header", format!("the header `{name}` cannot be used")).with(vec![violation])
    }

    /// No such object for this caller.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new("not_found", "there is no such object or path")
    }

    /// A method that the path does not support; `allow` lists those it supports.
    #[must_use]
    pub fn method_not_allowed(allow: &str) -> Self {
        Self::new(
            "method_not_allowed",
            format!("the methods of this path are {allow}"),
        )
        .header(ALLOW, allow)
    }

    /// A caller with invalid credentials.
    #[must_use]
    pub fn unauthorized(why: &str) -> Self {
        Self::new("unauthorized", why).header(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
    }

    /// A caller without credentials; `form` describes how to send them.
    #[must_use]
    pub fn unauthenticated(form: &str) -> Self {
        Self::new("unauthorized", format!("send a token as {form}"))
            .header(WWW_AUTHENTICATE, "Bearer")
    }

    /// A caller whose token lacks `scope`.
    #[must_use]
    pub fn forbidden(scope: &str) -> Self {
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
        Self::new("forbidden", format!("the token lacks the scope `{scope}`"))
            .header(WWW_AUTHENTICATE, &challenge)
    }

    /// A token without a user, for objects of which each user sees their own.
    #[must_use]
    pub fn user_required() -> Self {
        Self::new(
            "user_required",
            "the token speaks for no user, and each user has their own objects",
        )
    }

    /// Unique values that another object already has.
    #[must_use]
    pub fn conflict(found: impl Into<Found>) -> Self {
        Self::new("conflict", "another object already has these values").with(found)
    }

    /// A delete that is refused because the object has children.
    #[must_use]
    pub fn has_children(resource: &str) -> Self {
        Self::new(
            "conflict",
            format!("the object still has objects of {resource} below it"),
        )
    }

    /// A request whose idempotency key names another that has not been answered yet.
    #[must_use]
    pub fn in_progress() -> Self {
        Self::new("in_progress", "the same request has not been answered yet")
            .header(RETRY_AFTER, "1")
    }

    /// A request whose idempotency key names another one.
    #[must_use]
    pub fn key_reused() -> Self {
        Self::new("key_reused", "the key was sent with another request before")
    }

    /// An object whose version does not match the condition.
    #[must_use]
    pub fn precondition_failed() -> Self {
        Self::new("precondition_failed", "the object has a different version")
    }

    /// A change without the condition that the deployment requires.
    #[must_use]
    pub fn precondition_required() -> Self {
        Self::new(
            "precondition_required",
            "send the ETag that you read as `If-Match`",
        )
    }

    /// A request that took too long to arrive.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new("timeout", "the request did not arrive in time")
    }

    /// A server that is temporarily unavailable.
    #[must_use]
    pub fn unavailable() -> Self {
        Self::new("unavailable", "try again later").header(RETRY_AFTER, "5")
    }

    /// A server that cannot do its work at the moment, because of `why`.
    #[must_use]
    pub fn not_ready(why: &str) -> Self {
        Self {
            detail: why.to_owned(),
            ..Self::unavailable()
        }
    }

    /// A server with too many writes that wait.
    #[must_use]
    pub fn busy() -> Self {
        Self::new("unavailable", "too many writes are waiting").header(RETRY_AFTER, "1")
    }

    /// A defect of the server; details are in the log.
    #[must_use]
    pub fn internal() -> Self {
        Self::new("internal", "the server could not do this; its log says why")
    }

    /// The body of the response; long values that a client sent are shortened.
    #[must_use]
    pub fn json(&self) -> Value {
        let title = KINDS
            .iter()
            .find(|kind| kind.code == self.code)
            .map_or("", |kind| kind.title);
        let errors: Vec<Value> = self.named().into_iter().map(|(_, json)| json).collect();
        let more = self.more + self.errors.len() - errors.len();
        let mut body = Map::new();
        body.insert("type".to_owned(), format!("/problems/{}", self.code).into());
        body.insert("title".to_owned(), title.into());
        body.insert("status".to_owned(), self.status.into());
        body.insert("detail".to_owned(), self.short_detail().into());
        if !errors.is_empty() {
            body.insert("errors".to_owned(), errors.into());
        }
        if more > 0 {
            body.insert("more".to_owned(), more.into());
        }
        Value::Object(body)
    }
}

impl Problem {
    /// The media type of a house error body.
    pub(crate) const MEDIA: &'static str = "application/problem+json";

    /// The `detail` text, shortened if long.
    pub(crate) fn short_detail(&self) -> String {
        let mut detail = self.detail.clone();
        violation::shorten(&mut detail);
        detail
    }

    /// The violations that fit into a response, each with its JSON in house format.
    pub(crate) fn named(&self) -> Vec<(&Violation, Value)> {
        let mut room = ERRORS;
        let mut named = Vec::new();
        for one in &self.errors {
            let json = one.json();
            match room.checked_sub(json.to_string().len()) {
                Some(rest) => room = rest,
                None => break,
            }
            named.push((one, json));
        }
        named
    }
}

/// The house response. It carries the problem along, for APIs with another error format.
impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let json = [(CONTENT_TYPE, HeaderValue::from_static(Self::MEDIA))];
        let mut response = (status, json, self.json().to_string()).into_response();
        let headers = std::mem::take(&mut self.headers);
        response.headers_mut().extend(headers);
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Found, NAMED, Problem, Violation};

    /// The response to `count` violations whose texts are `text`.
    fn answer(count: usize, text: &str) -> (usize, usize, usize) {
        let one = |at: usize| Violation {
            at: At::Pointer(format!("/{at}{text}")),
            code: "type",
            detail: text.to_owned(),
        };
        let json = Problem::validation(422, (0..count).map(one).collect::<Found>()).json();
        let named = json["errors"].as_array().map_or(0, Vec::len);
        let more = json["more"].as_u64().unwrap_or_default() as usize;
        (named, more, json.to_string().len())
    }

    #[test]
    fn an_answer_names_some_violations_and_counts_the_others() {
        assert_eq!(answer(3, "").0, 3);
        let (named, more, _) = answer(100_000, "");
        assert_eq!((named, more), (NAMED, 100_000 - NAMED));
    }

    #[test]
    fn an_answer_is_short_whatever_was_sent() {
        for text in [
            "x".repeat(490),
            "\u{1}".repeat(490),
            "\u{1}".repeat(1 << 20),
        ] {
            let (named, more, length) = answer(300, &text);
            assert_eq!(named + more, 300);
            assert!(named > 0 && length < 64 << 10, "{length}");
        }
        let detail = "x".repeat(1 << 20);
        assert!(Problem::malformed(detail).json().to_string().len() < 1_000);
    }
}
