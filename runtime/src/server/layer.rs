//! Middleware for all requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::header::{HeaderName, HeaderValue};

use super::speech::Speech;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::value::Instant;

/// Maximum time from the head of a request to its response.
const DEADLINE: Duration = Duration::from_secs(30);

/// Header that identifies a request in the response and in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Gives every request an id, a deadline and a response in the dialect of its API, and counts
/// it.
pub(super) fn around(router: Router, metrics: Arc<Metrics>, speech: Speech) -> Router {
    router.layer(middleware::from_fn_with_state((metrics, speech), guard))
}

async fn guard(
    State((metrics, speech)): State<(Arc<Metrics>, Speech)>,
    request: Request,
    next: Next,
) -> Response {
    let id = request_id();
    let start = std::time::Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    // In its own task, a request completes even if the client disconnects, and a panic affects
    // only this request.
    let mut task = tokio::spawn(next.run(request));
    let response = match tokio::time::timeout(DEADLINE, &mut task).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            tracing::error!(%id, %method, path, %error, "a request ended in a panic");
            Problem::internal().into_response()
        }
        Err(_) => {
            task.abort();
            Problem::timeout().into_response()
        }
    };
    let mut response = speech.speak(&path, response);
    if response.status().is_server_error() {
        tracing::error!(%id, %method, path, status = response.status().as_u16(), "answered");
    }
    metrics.answered(&method, response.status(), start.elapsed());
    response
        .headers_mut()
        .extend(HeaderValue::from_str(&id).ok().map(|id| (REQUEST_ID, id)));
    response
}

/// An id that is unique for this server; ids sort by time.
fn request_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed) & 0xffff;
    format!("{:014x}{count:04x}", Instant::now().micros())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::request_id;

    #[test]
    fn names_of_requests_have_one_length_and_never_repeat() {
        let names: BTreeSet<String> = (0..0x1_1000).map(|_| request_id()).collect();
        assert_eq!(names.len(), 0x1_1000);
        assert!(names.iter().all(|name| name.len() == 18));
    }
}
