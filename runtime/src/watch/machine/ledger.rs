//! The store of deliveries and of the health of watches.

use super::{Delivery, Health, Selection};
use crate::store::Error;
use crate::value::Instant;

/// The number of open deliveries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Open deliveries of enabled watches.
    pub open: u64,
    /// Open deliveries of watches that are disabled.
    pub held: u64,
    /// When the oldest one for an enabled watch was created.
    pub oldest: Option<Instant>,
}

/// A store of deliveries and of the health of watches. All calls on one reference form one
/// transaction, and transactions are serialized.
///
/// Every method fails if the underlying store does.
pub trait Ledger {
    /// Returns the health of a watch; a healthy one if none is stored.
    fn health(&self, watch: &str) -> Result<Health, Error>;

    /// Stores the health of a watch.
    fn put_health(&mut self, health: &Health) -> Result<(), Error>;

    /// Returns a delivery.
    fn delivery(&self, id: &str) -> Result<Option<Delivery>, Error>;

    /// Stores a delivery, replacing one with the same identifier.
    fn put(&mut self, delivery: &Delivery) -> Result<(), Error>;

    /// Returns the open delivery of an object with the lowest number.
    fn first(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error>;

    /// Returns the open delivery at the head of an object's queue.
    fn head(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error>;

    /// Returns the enabled watches that have a head due at `now`, sorted by name.
    fn due_watches(&self, now: Instant) -> Result<Vec<String>, Error>;

    /// Returns up to `most` heads of a watch that are due at `now`, sorted by due time, then by
    /// number.
    fn due(&self, watch: &str, now: Instant, most: usize) -> Result<Vec<Delivery>, Error>;

    /// Returns the earliest time after `after` at which a head of an enabled watch is due.
    /// Heads that are due already may be waiting for a slot.
    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error>;

    /// Returns the number of open deliveries, with one lookup per watch.
    fn backlog(&self) -> Result<Backlog, Error>;

    /// Returns the number of deliveries of a watch that are leased at `now`.
    fn leased(&self, watch: &str, now: Instant) -> Result<usize, Error>;

    /// Returns the open deliveries of a watch, sorted by number.
    fn open(&self, watch: &str) -> Result<Vec<Delivery>, Error>;

    /// Returns the deliveries of a watch in `selection`, sorted by number.
    fn select(&self, watch: &str, selection: &Selection) -> Result<Vec<Delivery>, Error>;

    /// Returns the open deliveries of disabled watches that were created before `instant`.
    fn held(&self, instant: Instant) -> Result<Vec<Delivery>, Error>;

    /// Deletes deliveries that ended before `instant`, and returns their number.
    fn forget_ended(&mut self, instant: Instant) -> Result<usize, Error>;

    /// Deletes a watch with all its deliveries.
    fn forget_watch(&mut self, watch: &str) -> Result<(), Error>;
}
