//! Selects deliveries for redelivery.

use crate::value::Instant;

/// A selection of a watch's deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// The delivery with this identifier.
    One(String),
    /// Those for the changes from the first number to the second, inclusive.
    Range(u64, u64),
    /// Those that died at this instant or later.
    DeadSince(Instant),
}
