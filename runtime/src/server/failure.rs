//! Errors of the server's commands.

/// Why a command of the server failed, for its operator.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;
