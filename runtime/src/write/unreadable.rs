//! Stored text that does not fit.

use crate::problem::Problem;

/// Stored text and models come from one generator; this is a defect of ours.
pub(crate) fn unreadable(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, "an object does not fit its model");
    Problem::internal()
}
