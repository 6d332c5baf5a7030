//! Exit codes, and failures that lead to them.

use std::fmt::Display;
use std::process::ExitCode;

/// The exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything holds.
    Ok = 0,
    /// Something does not hold.
    Findings = 1,
    /// The command line is invalid.
    Usage = 2,
    /// A spec cannot be read.
    Unreadable = 3,
    /// The service cannot be reached.
    Unreachable = 4,
    /// The generated code does not match the specs.
    OutOfDate = 5,
    /// A build failed, or the environment lacks something.
    Environment = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { exit, message }
    }

    /// A failure of the environment: `what` could not be done because of `why`.
    pub(crate) fn environment(what: impl Display, why: impl Display) -> Self {
        Self::new(Exit::Environment, format!("error: cannot {what}: {why}"))
    }
}

/// The result of a command.
pub(crate) type Done = Result<Exit, Failure>;
