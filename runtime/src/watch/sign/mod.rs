//! Signatures of notifications, as the Standard Webhooks specification 1.0 has
//! them: over `id.timestamp.body`, one for each key, so that a receiver can
//! change keys without missing a notification.
//!
//! The work is done by `ring`, which is here for TLS already.

mod generate;
mod key;
mod signature;

pub use generate::{Algorithm, Generated, generate};
pub use key::Key;
pub use signature::signature;

/// Names the notification: the same for every attempt.
pub const WEBHOOK_ID: &str = "webhook-id";

/// The instant of the attempt, in seconds since 1970-01-01T00:00:00Z.
pub const WEBHOOK_TIMESTAMP: &str = "webhook-timestamp";

/// The signatures, separated by blanks.
pub const WEBHOOK_SIGNATURE: &str = "webhook-signature";
