//! Secrets that are used, and never shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A secret of a client that the service has to use as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sealed {
    /// The secret.
    Text(String),
    /// The one that is there, as it is shown: a client sends back what it read.
    Kept(bool),
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}
