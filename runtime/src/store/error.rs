//! Errors of a store.

use std::error::Error as StdError;
use std::fmt;

#[cfg(feature = "postgres")]
use super::postgres::trouble as postgres;
use super::sqlite::trouble;
use crate::problem::Problem;

/// A failed operation of the store, and its cause.
#[derive(Debug)]
pub struct Error {
    what: &'static str,
    why: Option<Box<dyn StdError + Send + Sync>>,
}

/// Why a store cannot do now what it could do before and may do again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// No space is left for what is to be written.
    Full,
    /// Little space is left.
    Space,
    /// The file system is read-only.
    ReadOnly,
    /// A transaction, mostly of another process, lasts longer than others wait.
    Locked,
    /// The disk fails, or a quota is used up.
    Disk,
    /// The file is no longer the one that is open.
    Replaced,
    /// The database cannot be reached, or takes no connections.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(dead_code, reason = "only PostgreSQL has it")
    )]
    Unreachable,
    /// The connection was lost while a write was committed: it may have been.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(dead_code, reason = "only PostgreSQL has it")
    )]
    Unknown,
    /// Another version of the server changed the tables since this one was started.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(dead_code, reason = "only PostgreSQL has it")
    )]
    Outdated,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the disk is full",
            Self::Space => "less than 16 MiB are free on the disk",
            Self::ReadOnly => "the file system is read-only",
            Self::Locked => "a transaction keeps the database locked",
            Self::Disk => "the disk cannot be read or written",
            Self::Unreachable => "the database cannot be reached",
            Self::Unknown => "the connection was lost, and with it whether the write was made",
            Self::Outdated => {
                "another version of the server changed the tables; start that version here as well"
            }
            Self::Replaced => {
                "the file of the database was removed or replaced; restart the server"
            }
        })
    }
}

impl StdError for Trouble {}

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

    /// The cause, if it is of this type.
    #[cfg(feature = "postgres")]
    pub(super) fn cause<T: StdError + 'static>(&self) -> Option<&T> {
        self.why.as_deref()?.downcast_ref()
    }

    /// The cause, if it is one that may pass.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        let why: &(dyn StdError + 'static) = self.why.as_deref()?;
        let known = why.downcast_ref().copied().or_else(|| trouble::of(why));
        #[cfg(feature = "postgres")]
        let known = known.or_else(|| postgres::of(why));
        known
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Some(why) => {
                write!(f, "cannot {}: {why}", self.what)?;
                // Some libraries say what happened only in the cause of their error.
                let mut cause = why.source();
                while let Some(deeper) = cause {
                    write!(f, ": {deeper}")?;
                    cause = deeper.source();
                }
                Ok(())
            }
            None => f.write_str(self.what),
        }
    }
}

impl StdError for Error {}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        Self::new("use the database", trouble)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error.trouble() {
            Some(_) => {
                tracing::warn!(%error, "store");
                Problem::unavailable()
            }
            None => {
                tracing::error!(%error, "store");
                Problem::internal()
            }
        }
    }
}
