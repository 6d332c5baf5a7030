//! What is sent.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Version};
use http_body_util::Full;

use super::Failure;
use crate::watch::guard::Target;

/// How much of an answer's body is kept where nothing else is asked for, in bytes.
pub const KEPT: usize = 2 * 1024;

/// What is sent, and how long it may take.
#[derive(Clone)]
pub struct Request {
    /// The method; `CONNECT` is refused.
    pub method: Method,
    /// The address of the receiver.
    pub url: String,
    /// Header fields; those of the connection and of the framing of a message
    /// are refused.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// How long all of it may take, from the name to the end of the answer.
    pub time_out: Duration,
    /// How much of the answer's body is kept in bytes; of more than 64 KiB
    /// nothing is read.
    pub keep: usize,
    /// Whether it must not arrive twice; it then goes out on a connection of
    /// its own, which cannot be found dead.
    pub once: bool,
}

impl fmt::Debug for Request {
    /// Addresses and header fields may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("time_out", &self.time_out)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// The message of HTTP/1.1 for `target`.
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

/// Whether a header field says where a message goes, where it ends, or what
/// becomes of the connection (RFC 9110 section 7.6.1, RFC 9112 section 6).
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
