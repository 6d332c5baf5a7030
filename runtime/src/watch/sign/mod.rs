//! Signatures of notifications according to the Standard Webhooks specification 1.0: over
//! `id.timestamp.body`, one for each key, so that a receiver can change keys without missing a
//! notification.
//!
//! `ring` does the work, which is already a dependency for TLS.

mod generate;
mod key;
mod signature;

pub use generate::{Algorithm, Generated, generate};
pub use key::Key;
pub use signature::signature;

/// Header with the identifier of the notification, the same for every attempt.
pub const WEBHOOK_ID: &str = "webhook-id";

/// Header with the time of the attempt, in seconds since 1970-01-01T00:00:00Z.
pub const WEBHOOK_TIMESTAMP: &str = "webhook-timestamp";

/// Header with the signatures, separated by blanks.
pub const WEBHOOK_SIGNATURE: &str = "webhook-signature";
