//! The health of receivers.

use crate::value::Instant;

/// The health of a watch's receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The watch.
    pub watch: String,
    /// The time of the first failure, if every attempt since then failed.
    pub failing: Option<Instant>,
    /// Set while deliveries to the watch are disabled.
    pub disabled: Option<Disabled>,
}

/// Why and since when a watch is disabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disabled {
    /// The time since which it is disabled.
    pub since: Instant,
    /// The reason, for its owner.
    pub reason: String,
}

impl Health {
    /// Creates the health of a watch without failures.
    #[must_use]
    pub fn new(watch: String) -> Self {
        Self {
            watch,
            failing: None,
            disabled: None,
        }
    }
}
