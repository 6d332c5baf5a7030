//! Texts of tokens.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Grant;
use crate::store::Error;

/// SHA-256 of a token.
pub type Hash = [u8; 32];

/// A token as it is listed; its text is known only to its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name: the first digits of its hash.
    pub id: String,
    /// When it was made, in the form of RFC 3339.
    pub created: String,
    /// What it grants.
    pub grant: Grant,
    /// It was given to a client that names itself as well.
    pub client: bool,
}

/// The hash of a token.
#[must_use]
pub fn hash(token: &str) -> Hash {
    Sha256::digest(token.as_bytes()).into()
}

/// The name of a token.
pub(crate) fn id(hash: &Hash) -> String {
    hex(&hash[..6])
}

/// A new token: 32 random bytes.
///
/// # Errors
/// A system without random bytes.
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
