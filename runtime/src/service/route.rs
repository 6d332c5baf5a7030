//! Routes: operations, `OPTIONS`, and the response to every other method.

use std::sync::Arc;

use axum::response::IntoResponse;
use axum::routing::MethodRouter;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};

use super::Service;
use super::response;
use crate::body::JSON;
use crate::problem::Problem;

/// Header that lists the formats accepted for updates (RFC 5789 section 3.1).
const ACCEPT_PATCH: HeaderName = HeaderName::from_static("accept-patch");

/// The formats accepted for updates.
pub(super) const FORMATS: &str = "application/json, application/merge-patch+json";

/// Completes the operations of a path: `OPTIONS` answers 204, all other methods 405; `methods`
/// is the value of `Allow`.
pub fn allow(
    operations: MethodRouter<Arc<Service>>,
    methods: &'static str,
) -> MethodRouter<Arc<Service>> {
    taking(operations, methods, FORMATS)
}

/// Like [`allow`], for a `PATCH` that adds to lists and accepts no merge patches.
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
