//! Why a check ends before it has proven its obligation.

use super::{Exchange, Lost};

/// Why a check ends before it has proven its obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The service does not do what the row says.
    Fail(Box<Failure>),
    /// Another rule explains the answer, so nothing was shown.
    Inconclusive(String),
    /// Something the check needs is not there.
    Skip(String),
    /// The service does not answer.
    Lost(Lost),
}

/// What the service did otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was expected and what came.
    pub message: String,
    /// Where it showed.
    pub exchange: Option<Exchange>,
}
