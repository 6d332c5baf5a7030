//! Paths: their operations, `OPTIONS`, and an answer to every other method.

use std::sync::Arc;

use axum::response::IntoResponse;
use axum::routing::MethodRouter;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};

use super::Service;
use super::response;
use crate::body::JSON;
use crate::problem::Problem;

/// Names formats that a change is read in (RFC 5789 section 3.1).
const ACCEPT_PATCH: HeaderName = HeaderName::from_static("accept-patch");

/// The formats that a change is read in.
pub(super) const FORMATS: &str = "application/json, application/merge-patch+json";

/// The operations of one path, with `methods` as the text of `Allow`.
/// `OPTIONS` answers 204, every other method 405.
pub fn allow(
    operations: MethodRouter<Arc<Service>>,
    methods: &'static str,
) -> MethodRouter<Arc<Service>> {
    taking(operations, methods, FORMATS)
}

/// The same where `PATCH` adds to lists, which no merge patch does.
pub fn appending(
    operations: MethodRouter<Arc<Service>>,
    methods: &'static str,
) -> MethodRouter<Arc<Service>> {
    taking(operations, methods, JSON)
}

fn taking(
    operations: MethodRouter<Arc<Service>>,
    methods: &'static str,
    formats: &'static str,
) -> MethodRouter<Arc<Service>> {
    let patches = methods.split(", ").any(|method| method == "PATCH");
    let options = move || async move {
        let allow = [response::allow(methods)];
        if patches {
            let formats = [(ACCEPT_PATCH, HeaderValue::from_static(formats))];
            (StatusCode::NO_CONTENT, allow, formats).into_response()
        } else {
            (StatusCode::NO_CONTENT, allow).into_response()
        }
    };
    operations
        .options(options)
        .fallback(move || async move { Problem::method_not_allowed(methods) })
}
