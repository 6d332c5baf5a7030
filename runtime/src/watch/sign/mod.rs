//! Signatures of notifications according to the Standard Webhooks specification 1.0: over
//! `id.timestamp.body`, one for each key, so that a receiver can change keys without missing a
//! notification. Other schemes sign in hexadecimal digits.
//!
//! `ring` does the work, which is already a dependency for TLS.

mod generate;
mod hex;
mod key;
mod signature;

pub use generate::{Algorithm, Generated, generate};
pub use hex::{hex_hmac, timestamped};
pub use key::Key;
pub use signature::signature;

/// Header with the signatures, separated by blanks.
pub const WEBHOOK_SIGNATURE: &str = "webhook-signature";
