//! Which deliveries are sent again.

use crate::value::Instant;

/// Which deliveries of a watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// The one with this identifier.
    One(String),
    /// Those of the changes from the first number to the second, both included.
    Range(u64, u64),
    /// Those that died at this instant or later.
    DeadSince(Instant),
}
