//! Outcomes of attempts.

use std::time::Duration;

/// The outcome of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver responded.
    Answered {
        /// The status code.
        status: u16,
        /// The wait it asked for, as parsed by [`retry_after`](crate::watch::retry_after).
        retry_after: Option<Duration>,
    },
    /// There was no response, but there may be next time; with the reason.
    Unreached(String),
    /// It can never be sent, for this reason, and the receiver is not at fault.
    Unsendable(String),
}

impl Outcome {
    /// Whether the receiver accepted it.
    pub(super) fn is_success(&self) -> bool {
        matches!(
            self,
            Self::Answered {
                status: 200..=299,
                ..
            }
        )
    }

    /// The reason for the failure.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Answered { status, .. } => format!("answered with {status}"),
            Self::Unreached(why) | Self::Unsendable(why) => why.clone(),
        }
    }

    /// The wait that the receiver asked for.
    pub(super) fn asked(&self) -> Option<Duration> {
        match self {
            Self::Answered { retry_after, .. } => *retry_after,
            Self::Unreached(_) | Self::Unsendable(_) => None,
        }
    }
}
