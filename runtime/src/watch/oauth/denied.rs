//! Failures to get a token.

use std::error::Error;
use std::fmt;

use crate::watch::client::Failure;

/// Codes of errors that a token server may answer with (RFC 6749 section 5.2).
const CODES: &[&str] = &[
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// Why there is no token. It holds no text of the token server, which may
/// repeat what it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The token server did not answer.
    Unanswered(Failure),
    /// It refused, with a code of RFC 6749 section 5.2.
    Refused(&'static str),
    /// It answered with another status than 200.
    Status(u16),
    /// It answered, and there is no token to be used in it.
    Unusable(&'static str),
}

impl Denied {
    /// The spent or revoked grant: asking again the same way is of no use.
    pub(super) const SPENT: Self = Self::Refused("invalid_grant");

    /// What a status that is no success means, with the code in its body.
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
