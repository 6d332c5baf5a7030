//! Errors of encryption and decryption.

use std::fmt;

/// Why a text cannot be encrypted or decrypted. It names keys but does not reveal them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealError {
    /// The text was encrypted with the key of this name, which is not available.
    UnknownKey(String),
    /// The text was modified, or encrypted for another location.
    Broken,
    /// The system provides no random numbers.
    NoRandom,
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(name) => write!(
                f,
                "the secret is sealed with key {name}, which is not among those given"
            ),
            Self::Broken => f.write_str("the sealed secret was changed, or belongs to another row"),
            Self::NoRandom => f.write_str("the system has no random numbers"),
        }
    }
}

impl std::error::Error for SealError {}
