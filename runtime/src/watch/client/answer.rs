//! Responses of receivers.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::RETRY_AFTER;
use http_body_util::BodyExt;
use hyper::body::Incoming;

use crate::value::Instant;
use crate::watch::retry_after;

/// Maximum number of body bytes to read.
const READ: usize = 64 * 1024;

/// A response of a receiver. Only a status of 2xx is a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The wait that the receiver asks for in `Retry-After`.
    pub retry_after: Option<Duration>,
    /// The beginning of the body, up to [`Request::keep`](super::Request::keep) bytes.
    pub first_bytes: Bytes,
    /// Whether that is the whole body.
    pub whole: bool,
    /// The time from resolving the name to the end of the response.
    pub duration: Duration,
}

impl Answer {
    /// Reads `response`, and returns whether it was read to its end.
    pub(super) async fn read(
        response: http::Response<Incoming>,
        keep: usize,
    ) -> Result<(Self, bool), hyper::Error> {
        let (head, mut body) = response.into_parts();
        let asked = head.headers.get(RETRY_AFTER);
        let (mut kept, mut read) = (Vec::new(), 0);
        while read <= READ {
            let Some(frame) = body.frame().await else {
                break;
            };
            if let Some(data) = frame?.data_ref() {
                read += data.len();
                let room = keep.saturating_sub(kept.len()).min(data.len());
                kept.extend_from_slice(&data[..room]);
            }
        }
        let whole = read <= READ && read == kept.len();
        let answer = Self {
            status: head.status,
            retry_after: asked.and_then(|value| retry_after(value.to_str().ok()?, Instant::now())),
            first_bytes: kept.into(),
            whole,
            duration: Duration::ZERO,
        };
        Ok((answer, read <= READ))
    }
}
