//! The reason why a check ends without having proven its obligation.

use super::{Exchange, Unreachable};

/// The reason why a check ends without having proven its obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckError {
    /// The service contradicts the row.
    Fail(Box<Failure>),
    /// Another rule explains the answer, so the check showed nothing.
    Inconclusive(String),
    /// Something that the check needs is missing.
    Skip(String),
    /// The service does not answer.
    Unreachable(Unreachable),
}

impl CheckError {
    /// The same failure with another message.
    pub(crate) fn because(mut self, message: String) -> Self {
        if let Self::Fail(failure) = &mut self {
            failure.message = message;
        }
        self
    }

    /// The same error, with the status that was expected.
    pub(super) fn owing(mut self, status: u16) -> Self {
        if let Self::Fail(failure) = &mut self {
            failure.owed = Some(status);
        }
        self
    }

    /// The same error, with the place in the body that should have been refused with one of
    /// `codes`.
    pub(super) fn at(mut self, pointer: &str, codes: &[&str]) -> Self {
        if let Self::Fail(failure) = &mut self {
            let codes = match codes {
                [] => String::new(),
                codes => format!(" and the code `{}`", codes.join("` or `")),
            };
            let expected = failure.expected.take();
            failure.expected =
                expected.map(|text| format!("{text}, with a violation at `{pointer}`{codes}"));
            failure.pointer = Some(pointer.to_owned());
        }
        self
    }
}

/// How the service contradicts its obligation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    /// What was expected and what was received.
    pub message: String,
    /// The expected value, if it says more than the message.
    pub expected: Option<String>,
    /// The status among that, where it was one.
    pub owed: Option<u16>,
    /// The value received instead.
    pub got: Option<String>,
    /// The JSON Pointer of the place in the body.
    pub pointer: Option<String>,
    /// The exchange that shows it.
    pub exchange: Option<Exchange>,
}

impl Failure {
    /// The status of the answer; 0 if there was none.
    pub(crate) fn status(&self) -> u16 {
        let exchange = self.exchange.as_ref();
        exchange.map_or(0, |exchange| exchange.status)
    }
}
