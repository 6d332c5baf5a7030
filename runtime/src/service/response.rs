//! Successful responses.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, CONTENT_TYPE, ETAG, HeaderValue, LOCATION};
use http::{HeaderMap, StatusCode};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::condition::Edition;
use crate::dialect::IGNORED;

/// Maximum number and total length in bytes of the listed members, which keep the header within
/// common limits.
const NAMED: usize = 50;
const LONGEST: usize = 4_000;

/// Characters that are illegal in the header or separate its entries.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b'\\');

/// A response with one object.
pub(super) fn object(status: StatusCode, edition: Edition, body: String) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ETAG, value(&edition.etag())),
    ];
    let mut answer = (status, headers, body).into_response();
    guard(answer.headers_mut(), edition.privileged);
    answer
}

/// 304, for an edition that the client already has.
pub(super) fn known(edition: Edition) -> Response {
    let tag = [(ETAG, value(&edition.etag()))];
    let mut answer = (StatusCode::NOT_MODIFIED, tag).into_response();
    guard(answer.headers_mut(), edition.privileged);
    answer
}

/// Forbids caching of a response with members that only a scope reveals.
pub(super) fn guard(headers: &mut HeaderMap, privileged: bool) {
    if privileged {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Sets `Location` and `Content-Location`, if given.
pub(super) fn locate(response: &mut Response, location: Option<String>, content: Option<String>) {
    let headers = response.headers_mut();
    headers.extend(location.map(|path| (LOCATION, value(&path))));
    headers.extend(content.map(|path| (CONTENT_LOCATION, value(&path))));
}

/// Lists the ignored body members as JSON Pointers without the leading `/`.
pub(super) fn name_ignored(headers: &mut HeaderMap, pointers: &[String]) {
    if pointers.is_empty() {
        return;
    }
    let mut names = String::new();
    for pointer in pointers.iter().take(NAMED) {
        let name = utf8_percent_encode(pointer.trim_start_matches('/'), ENCODED);
        // Avoids encoding very long names just to measure them.
        let fits = pointer.len() + names.len() + 2 <= LONGEST;
        let name = fits.then(|| name.to_string());
        let fits = |name: &String| name.len() + names.len() + 2 <= LONGEST;
        if let Some(name) = name.filter(fits) {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(&name);
        }
    }
    if !names.is_empty() {
        headers.insert(IGNORED, value(&names));
    }
}

/// A header value; empty if the text is illegal in a header.
pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{IGNORED, LONGEST, name_ignored};

    fn named(pointers: &[String]) -> String {
        let mut headers = HeaderMap::new();
        name_ignored(&mut headers, pointers);
        let value = headers.get(IGNORED).map(|value| value.to_str().unwrap());
        value.unwrap_or_default().to_owned()
    }

    #[test]
    fn names_of_members_that_were_left_out_fit_into_a_header() {
        let long = format!("/{}", "x".repeat(1 << 20));
        assert_eq!(
            named(&["/a".to_owned(), long.clone(), "/b,c".to_owned()]),
            "a, b%2Cc"
        );
        assert_eq!(named(&[long]), "");
        let many: Vec<String> = (0..300).map(|at| format!("/{at}")).collect();
        assert_eq!(named(&many).split(", ").count(), 50);
        let wide = vec![format!("/{}", "é".repeat(500)); 50];
        let header = named(&wide);
        assert!(
            header.len() > LONGEST / 4 && header.len() <= LONGEST,
            "{}",
            header.len()
        );
    }
}
