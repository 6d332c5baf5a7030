//! The health of watches.

use crate::value::Instant;

/// What is known of the receiver of a watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The watch.
    pub watch: String,
    /// The first of the attempts that failed, when the last one did.
    pub failing: Option<Instant>,
    /// Set while nothing is sent.
    pub disabled: Option<Disabled>,
}

/// Why a watch is not served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disabled {
    /// Since when.
    pub since: Instant,
    /// Why, for its owner to read.
    pub reason: String,
}

impl Health {
    /// A watch of which nothing bad is known.
    #[must_use]
    pub fn new(watch: String) -> Self {
        Self {
            watch,
            failing: None,
            disabled: None,
        }
    }
}
