//! Creating, hashing and naming tokens.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Grant;
use crate::store::Error;

/// SHA-256 of a token.
pub type Hash = [u8; 32];

/// A token as `list` shows it; the token itself is known only to its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id: the first digits of its hash.
    pub id: String,
    /// When it was created, as an RFC 3339 timestamp.
    pub created: String,
    /// The rights that it grants.
    pub grant: Grant,
    /// Whether it was issued to a client that also sends its id.
    pub client: bool,
}

/// The hash of a token.
#[must_use]
pub fn hash(token: impl AsRef<[u8]>) -> Hash {
    Sha256::digest(token).into()
}

/// The id of a token.
pub(crate) fn id(hash: &Hash) -> String {
    hex(&hash[..6])
}

/// Generates a new token of 32 random bytes.
///
/// # Errors
/// The system provides no random bytes.
pub fn new_token() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|why| Error::new("make a token", why.to_string()))?;
    Ok(format!("fpt_{}", hex(&bytes)))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
