//! Secrets that are used but never shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A client's secret that the service needs in plain text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sealed {
    /// The secret.
    Text(String),
    /// The stored secret, as it is shown: a client sends back what it read.
    Kept(bool),
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}
