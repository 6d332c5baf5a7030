//! Errors of a store.

use std::error::Error as StdError;
use std::fmt;

use crate::problem::Problem;

/// A failed operation of the store, and its cause.
#[derive(Debug)]
pub struct Error {
    what: &'static str,
    why: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// The operation `what` failed because of `why`.
    pub fn new(what: &'static str, why: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let why = Some(why.into());
        Self { what, why }
    }

    /// The store has stopped.
    #[must_use]
    pub fn stopped() -> Self {
        let what = "the store has stopped";
        Self { what, why: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Some(why) => write!(f, "cannot {}: {why}", self.what),
            None => f.write_str(self.what),
        }
    }
}

impl StdError for Error {}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        tracing::error!(%error, "store");
        Problem::internal()
    }
}
