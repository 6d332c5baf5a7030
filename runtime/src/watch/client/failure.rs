//! Attempts without a response.

use std::error::Error;
use std::fmt;

use crate::watch::guard::Refused;
use crate::watch::resolve::Unresolved;

/// Why an attempt got no response.
///
/// It contains no text of the request or the receiver, so that it may appear in logs and
/// responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The address is not permitted.
    Refused(Refused),
    /// The request cannot be sent.
    Request(&'static str),
    /// The name does not resolve.
    Resolve,
    /// No connection could be opened.
    Connect,
    /// No connection could be opened in time.
    ConnectTimeOut,
    /// The receiver failed to authenticate, or does not speak TLS.
    Tls(&'static str),
    /// No complete response arrived in time.
    TimeOut,
    /// The connection ended before the response did.
    Reset,
    /// The head of the response is too large.
    HeadTooLarge,
    /// The response is not HTTP/1.
    Malformed,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the address {why}"),
            Self::Request(why) => write!(f, "the request {why}"),
            Self::Resolve => f.write_str("the name of the host has no address"),
            Self::Connect => f.write_str("the connection was not accepted"),
            Self::ConnectTimeOut => f.write_str("the connection was not made in time"),
            Self::Tls(why) => write!(f, "the TLS handshake failed: {why}"),
            Self::TimeOut => f.write_str("there was no whole answer in time"),
            Self::Reset => f.write_str("the connection ended before the answer did"),
            Self::HeadTooLarge => f.write_str("the head of the answer is too large"),
            Self::Malformed => f.write_str("the answer is not HTTP/1"),
        }
    }
}

impl Error for Failure {}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Unresolved> for Failure {
    fn from(unresolved: Unresolved) -> Self {
        match unresolved {
            Unresolved::Refused(refused) => Self::Refused(refused),
            Unresolved::Nothing => Self::Resolve,
        }
    }
}

impl From<hyper::Error> for Failure {
    fn from(error: hyper::Error) -> Self {
        match () {
            () if error.is_parse_too_large() => Self::HeadTooLarge,
            () if error.is_parse() => Self::Malformed,
            () => Self::Reset,
        }
    }
}
