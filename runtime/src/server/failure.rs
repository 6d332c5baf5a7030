//! Why a command of the server did not do its work.

/// Why a command of the server did not do its work, for its operator.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;
