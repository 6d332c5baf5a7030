//! Outcomes of attempts.

use std::time::Duration;

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver answered.
    Answered {
        /// The status code.
        status: u16,
        /// The time it asked for, as [`retry_after`](crate::watch::retry_after) reads it.
        retry_after: Option<Duration>,
    },
    /// Nothing was answered, and may be the next time: why.
    Unreached(String),
    /// It cannot be sent now or later: why. The watch is not to blame.
    Unsendable(String),
}

impl Outcome {
    /// Whether the receiver has it.
    pub(super) fn is_success(&self) -> bool {
        matches!(
            self,
            Self::Answered {
                status: 200..=299,
                ..
            }
        )
    }

    /// Why it failed.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Answered { status, .. } => format!("answered with {status}"),
            Self::Unreached(why) | Self::Unsendable(why) => why.clone(),
        }
    }

    /// The time that the receiver asked for.
    pub(super) fn asked(&self) -> Option<Duration> {
        match self {
            Self::Answered { retry_after, .. } => *retry_after,
            Self::Unreached(_) | Self::Unsendable(_) => None,
        }
    }
}
