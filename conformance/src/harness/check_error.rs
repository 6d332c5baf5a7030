//! Why a check ends before it has proven its obligation.

use super::{Exchange, Unreachable};

/// Why a check ends before it has proven its obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckError {
    /// The service does not do what the row says.
    Fail(Box<Failure>),
    /// Another rule explains the answer, so nothing was shown.
    Inconclusive(String),
    /// Something the check needs is not there.
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

    /// The same, which is about a place of the body that was to be refused with
    /// one of `codes`.
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

/// What the service did otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    /// What was expected and what came.
    pub message: String,
    /// What was expected, where that is more than the message says.
    pub expected: Option<String>,
    /// What came instead.
    pub got: Option<String>,
    /// The place in the body that it is about.
    pub pointer: Option<String>,
    /// Where it showed.
    pub exchange: Option<Exchange>,
}

impl Failure {
    /// The status that came; nothing where no answer did.
    pub(crate) fn status(&self) -> u16 {
        let exchange = self.exchange.as_ref();
        exchange.map_or(0, |exchange| exchange.status)
    }
}
