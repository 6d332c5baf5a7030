//! Requests to receivers.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Version};
use http_body_util::Full;

use super::Failure;
use crate::watch::guard::Target;

/// Default for the number of response body bytes to keep.
pub const KEPT: usize = 2 * 1024;

/// A request to a receiver.
#[derive(Clone)]
pub struct Request {
    /// The method; `CONNECT` is refused.
    pub method: Method,
    /// The URL of the receiver.
    pub url: String,
    /// Header fields; those for the connection and for message framing are refused.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// Timeout from resolving the name to the end of the response.
    pub time_out: Duration,
    /// Number of response body bytes to keep; at most 64 KiB are read.
    pub keep: usize,
    /// Whether it must not arrive twice; it is then sent on a new connection, which cannot turn
    /// out to be dead.
    pub once: bool,
}

impl fmt::Debug for Request {
    /// Omits the URL and the header fields, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("time_out", &self.time_out)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// The HTTP/1.1 message for `target`.
    pub(super) fn message(&self, target: &Target) -> Result<http::Request<Full<Bytes>>, Failure> {
        if self.method == Method::CONNECT {
            return Err(Failure::Request("has a method that sends nothing"));
        }
        if self.headers.keys().any(is_framing) {
            return Err(Failure::Request(
                "has a header field that belongs to the connection",
            ));
        }
        let unusable = Failure::Request("cannot be written as HTTP");
        let host = HeaderValue::from_str(target.authority()).map_err(|_| unusable)?;
        let mut message = http::Request::builder()
            .method(self.method.clone())
            .uri(target.path())
            .version(Version::HTTP_11)
            .body(Full::new(self.body.clone()))
            .map_err(|_| unusable)?;
        message.headers_mut().insert(header::HOST, host);
        message.headers_mut().extend(self.headers.clone());
        Ok(message)
    }
}

/// Whether a header field controls routing, message framing or the connection (RFC 9110 section
/// 7.6.1, RFC 9112 section 6).
fn is_framing(name: &HeaderName) -> bool {
    matches!(
        *name,
        header::CONNECTION
            | header::CONTENT_LENGTH
            | header::EXPECT
            | header::HOST
            | header::TE
            | header::TRAILER
            | header::TRANSFER_ENCODING
            | header::UPGRADE
    ) || name == "keep-alive"
        || name.as_str().starts_with("proxy-")
}
