//! Encryption of secrets at rest, with a key that is not in the store.
//!
//! A sealed text is `fp1:KEY:BASE64`: the name of the key, then nonce and ciphertext of
//! ChaCha20-Poly1305 (RFC 8439). It can be decrypted only for the location for which it was
//! encrypted, so that nobody with write access to the store can copy a secret from one row to
//! another. Nonces are random: one key is good for 2³² texts.
//!
//! `ring` does the work, which is already a dependency for TLS.

mod error;
mod file;
mod key;
mod sealer;

pub use error::SealError;
pub use sealer::{Location, Opened, Sealer};
pub(crate) use sealer::{START, key_name};
