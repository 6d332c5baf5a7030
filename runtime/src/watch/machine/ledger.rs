//! What is remembered of deliveries, and what is asked of it.

use super::{Delivery, Health, Selection};
use crate::store::Error;
use crate::value::Instant;

/// How much is to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Open deliveries of watches that are served.
    pub open: u64,
    /// Open deliveries of watches that are disabled.
    pub held: u64,
    /// When the oldest of the former was made.
    pub oldest: Option<Instant>,
}

/// Keeps deliveries and the health of watches. All that is done through one
/// reference is one transaction, and transactions follow each other.
///
/// Every method fails when the store behind it does.
pub trait Ledger {
    /// The health of a watch; a healthy one when nothing is known.
    fn health(&self, watch: &str) -> Result<Health, Error>;

    /// Keeps the health of a watch.
    fn put_health(&mut self, health: &Health) -> Result<(), Error>;

    /// A delivery.
    fn delivery(&self, id: &str) -> Result<Option<Delivery>, Error>;

    /// Keeps a delivery, a new one or in place of the one with its identifier.
    fn put(&mut self, delivery: &Delivery) -> Result<(), Error>;

    /// The open delivery of an object with the lowest number.
    fn first(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error>;

    /// The open delivery at the head of an object's line.
    fn head(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error>;

    /// Watches that are not disabled and have a head that is due at `now`, in
    /// the order of their names.
    fn due_watches(&self, now: Instant) -> Result<Vec<String>, Error>;

    /// Heads of a watch that are due at `now`, by instant, then by number.
    fn due(&self, watch: &str, now: Instant, most: usize) -> Result<Vec<Delivery>, Error>;

    /// When, later than `after`, the next head of a watch that is not disabled
    /// is due. One that is due already may have to wait for a slot.
    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error>;

    /// How much is to be sent. It looks once per watch, whatever is open.
    fn backlog(&self) -> Result<Backlog, Error>;

    /// How many deliveries of a watch somebody holds at `now`.
    fn leased(&self, watch: &str, now: Instant) -> Result<usize, Error>;

    /// Open deliveries of a watch, by number.
    fn open(&self, watch: &str) -> Result<Vec<Delivery>, Error>;

    /// Deliveries of a watch that `selection` names, by number.
    fn select(&self, watch: &str, selection: &Selection) -> Result<Vec<Delivery>, Error>;

    /// Open deliveries of disabled watches that were made before `instant`.
    fn held(&self, instant: Instant) -> Result<Vec<Delivery>, Error>;

    /// Forgets deliveries that ended before `instant`, and says how many.
    fn forget_ended(&mut self, instant: Instant) -> Result<usize, Error>;

    /// Forgets a watch with all its deliveries.
    fn forget_watch(&mut self, watch: &str) -> Result<(), Error>;
}
