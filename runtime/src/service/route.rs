//! Paths: their operations, `OPTIONS`, and an answer to every other method.

use std::sync::Arc;

use axum::response::IntoResponse;
use axum::routing::MethodRouter;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};

use super::Service;
use super::response;
use crate::problem::Problem;

/// Formats that a change is read in (RFC 5789 section 3.1).
const ACCEPT_PATCH: (HeaderName, HeaderValue) = (
    HeaderName::from_static("accept-patch"),
    HeaderValue::from_static("application/json, application/merge-patch+json"),
);

/// The operations of one path, with `methods` as the text of `Allow`.
/// `OPTIONS` answers 204, every other method 405.
pub fn allow(
    operations: MethodRouter<Arc<Service>>,
    methods: &'static str,
) -> MethodRouter<Arc<Service>> {
    let patches = methods.split(", ").any(|method| method == "PATCH");
    let options = move || async move {
        let allow = [response::allow(methods)];
        if patches {
            (StatusCode::NO_CONTENT, allow, [ACCEPT_PATCH]).into_response()
        } else {
            (StatusCode::NO_CONTENT, allow).into_response()
        }
    };
    operations
        .options(options)
        .fallback(move || async move { Problem::method_not_allowed(methods) })
}
