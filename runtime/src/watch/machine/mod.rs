//! The state machine of deliveries: when to send them, their attempts, and the health of
//! receivers.
//!
//! Every function takes the instant and the random number on which it decides, and a [`Ledger`]
//! with the earlier decisions. A call is one transaction of the ledger. Between calls no other
//! state is kept except whose turn it is, so any number of owners can work on one ledger, and
//! one that crashes delays its deliveries only until its leases end.
//!
//! * **At least once.** A delivery stays open until a receiver responds with 2xx or its
//!   attempts are used up; then it is dead, and can be redelivered. An attempt that was never
//!   settled is repeated and not counted.
//! * **In order.** Of the open deliveries of one object to one watch only the head of the queue
//!   can be claimed. The queue is ordered by change; a redelivered delivery takes its old place,
//!   behind one in progress.
//! * **Leases.** A claim holds its delivery until the lease ends. Each claim has a higher
//!   number, the fence; settling with an older one is refused as [`Unsettled::Stale`]. A late
//!   settlement is accepted if nobody else has claimed the delivery, which saves the receiver a
//!   second notification.
//! * **Fairness.** Watches take turns, and one watch has at most [`Policy::slots`] deliveries
//!   in progress, or one after a failure until an attempt succeeds.
//! * **Disabled watches** keep their open deliveries, and new ones are queued, for
//!   [`Policy::retention`]; [`resume`] sends them all, in order and with all attempts. When a
//!   watch is deleted, its deliveries are deleted as well, and those in progress can no longer be
//!   settled.
//!
//! # In SQL
//!
//! The SQLite store has one table of deliveries, one of the health of watches and one that
//! counts the open deliveries of each watch. The content (the event, the object and its previous
//! version) is the same for every watch, so it is stored once per change, under the number of
//! the change. Queries of [`Ledger`] read only the rows that they return, except those that do
//! one lookup per watch. Tests compare the rows with those of [`Memory`].

mod claim;
mod delivery;
mod enqueue;
mod health;
mod ledger;
mod memory;
mod outcome;
mod policy;
mod redeliver;
mod selection;
mod serve;
mod settle;

pub use claim::{Claim, Claims};
pub use delivery::{Delivery, DeliveryState, Lease};
pub use enqueue::enqueue;
pub use health::{Disabled, Health};
pub use ledger::{Backlog, Ledger};
pub use memory::Memory;
pub use outcome::Outcome;
pub use policy::Policy;
pub use redeliver::redeliver;
pub use selection::Selection;
pub use serve::{disable, forget, prune, resume};
pub use settle::{Settled, Unsettled, release, settle};
