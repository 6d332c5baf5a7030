//! Answers of success.

use axum::response::{IntoResponse, Response};
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LOCATION, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION,
};
use http::{HeaderMap, StatusCode};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::condition::Edition;

/// Names body members that were left out.
const IGNORED: HeaderName = HeaderName::from_static("ignored-members");

/// Most members that are named, so that the header stays within common limits.
const NAMED: usize = 50;

/// What cannot stand in a header or separates its entries.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b'\\');

/// One object in an edition.
pub(super) fn object(status: StatusCode, edition: Edition, body: String) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ETAG, value(&edition.etag())),
    ];
    let mut answer = (status, headers, body).into_response();
    guard(answer.headers_mut(), edition.full);
    answer
}

/// An edition that the client already has.
pub(super) fn known(edition: Edition) -> Response {
    let tag = [(ETAG, value(&edition.etag()))];
    let mut answer = (StatusCode::NOT_MODIFIED, tag).into_response();
    guard(answer.headers_mut(), edition.full);
    answer
}

/// Lets nobody keep an answer with members that a scope shows.
pub(super) fn guard(headers: &mut HeaderMap, full: bool) {
    if full {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Where the object of this answer is found.
pub(super) fn locate(response: &mut Response, location: Option<String>, content: Option<String>) {
    let headers = response.headers_mut();
    headers.extend(location.map(|path| (LOCATION, value(&path))));
    headers.extend(content.map(|path| (CONTENT_LOCATION, value(&path))));
}

/// Names body members that were left out, as JSON Pointers without the first `/`.
pub(super) fn name_ignored(headers: &mut HeaderMap, pointers: &[String]) {
    if pointers.is_empty() {
        return;
    }
    let names = pointers.iter().take(NAMED).map(|pointer| {
        let name = pointer.trim_start_matches('/');
        utf8_percent_encode(name, ENCODED).to_string()
    });
    let names: Vec<String> = names.collect();
    headers.insert(IGNORED, value(&names.join(", ")));
}

/// The methods of a path.
pub(super) fn allow(methods: &'static str) -> (HeaderName, HeaderValue) {
    (ALLOW, HeaderValue::from_static(methods))
}

/// A header value of text that was made here; what cannot stand in one is left out.
pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}
