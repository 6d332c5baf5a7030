//! Failures to get a token.

use std::error::Error;
use std::fmt;

use crate::watch::client::Failure;

/// Error codes that a token server may send (RFC 6749 section 5.2).
const CODES: &[&str] = &[
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// Why there is no token. It contains no text from the token server, which may repeat what it
/// was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The token server did not respond.
    Unanswered(Failure),
    /// It refused with a code of RFC 6749 section 5.2.
    Refused(&'static str),
    /// It responded with a status other than 200.
    Status(u16),
    /// It responded without a usable token.
    Unusable(&'static str),
}

impl Denied {
    /// The error for a used or revoked grant, for which repeating the request is useless.
    pub(super) const SPENT: Self = Self::Refused("invalid_grant");

    /// The error for a status other than 200, with the code in its body.
    pub(super) fn of(status: u16, code: Option<&str>) -> Self {
        let known = CODES.iter().find(|known| Some(**known) == code);
        known.map_or(Self::Status(status), |code| Self::Refused(code))
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered(failure) => write!(f, "the token server did not answer: {failure}"),
            Self::Refused(code) => write!(f, "the token server refused: {code}"),
            Self::Status(status) => write!(f, "the token server answered {status}"),
            Self::Unusable(what) => write!(f, "the answer of the token server {what}"),
        }
    }
}

impl Error for Denied {}

impl From<Failure> for Denied {
    fn from(failure: Failure) -> Self {
        Self::Unanswered(failure)
    }
}
