//! Failures of sealing and opening.

use std::fmt;

/// Why a text cannot be sealed or opened. It names keys, and shows none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealError {
    /// The text was sealed with the key of this name, which is not at hand.
    UnknownKey(String),
    /// The text was changed, or sealed for another place.
    Broken,
    /// The system has no random numbers.
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
