//! Secrets at rest: sealed with a key that is not in the store.
//!
//! A sealed text is `fp1:KEY:BASE64`: the name of the key, then nonce and
//! ciphertext of ChaCha20-Poly1305 (RFC 8439). It opens only at the place it
//! was sealed for, so that nobody who can write the store makes the secret of
//! one row another row's. Nonces are random: one key is good for 2³² texts.
//!
//! `ring` does the work, which is here for TLS already.

mod error;
mod file;
mod key;
mod sealer;

pub use error::SealError;
pub use sealer::{Location, Opened, Sealer};
