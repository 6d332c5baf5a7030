//! Stored text that does not match its model.

use crate::problem::Problem;

/// The problem for unreadable stored text. Texts and models come from one generator, so this is
/// a defect of the server.
pub(crate) fn unreadable(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, "an object does not fit its model");
    Problem::internal()
}
