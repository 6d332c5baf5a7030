//! What is to be sent when: deliveries, their attempts, and the health of the
//! receivers.
//!
//! Every function takes the instant and the random number it decides by, and a
//! [`Ledger`] that holds what was decided before. A call is one transaction of
//! the ledger; between two calls nothing is kept elsewhere but whose turn it
//! is, so any number of owners can work on one ledger, and one that ends
//! without a word costs the time of its leases.
//!
//! * **At least once.** A delivery stays open until a receiver answered with
//!   2xx or its attempts are used up; then it is dead, and can be sent again.
//!   An attempt that was never settled is made once more and not counted.
//! * **In order.** Of the open deliveries of one object to one watch only one
//!   is at the head of the line, and only that one can be claimed. The line is
//!   that of the changes; a delivery that is sent again takes its old place,
//!   behind one that is on its way.
//! * **Leases.** A claim holds its delivery until the lease ends. Each claim
//!   has a higher number, the fence; a settlement with an older one is refused
//!   as [`Unsettled::Stale`]. A late settlement whose delivery nobody else has
//!   claimed is welcome: it saves the receiver a second notification.
//! * **Fairness.** Watches take turns, and one watch has at most
//!   [`Policy::slots`] deliveries on their way; one whose last attempt failed
//!   has one, until an attempt succeeds.
//! * **Disabled watches** keep their open deliveries, and new ones queue up
//!   behind them, for [`Policy::retention`]; [`resume`] sends them all, in
//!   order and with fresh attempts. When a watch is deleted its deliveries go
//!   with it, and what is on its way can no longer be settled.
//!
//! # In SQL
//!
//! One table holds deliveries and one the health of watches. What is sent (the
//! event, the object and its version before) is the same for every watch, so
//! it is kept once per change, under the number of the change.
//!
//! ```sql
//! CREATE TABLE deliveries(
//!     id TEXT PRIMARY KEY,        -- the `webhook-id`
//!     watch TEXT NOT NULL,
//!     object TEXT NOT NULL,
//!     number INTEGER NOT NULL,    -- of the change
//!     state INTEGER NOT NULL,     -- 0 open, 1 delivered, 2 dead
//!     head INTEGER NOT NULL,      -- 1 at the head of its line
//!     due INTEGER NOT NULL,       -- while it is on its way, the end of its lease
//!     failed INTEGER NOT NULL,    -- attempts that failed
//!     owner TEXT,                 -- of the lease, while it is on its way
//!     fence INTEGER NOT NULL,
//!     reason TEXT,                -- of the last failure
//!     created INTEGER NOT NULL,
//!     ended INTEGER               -- when it was delivered or died
//! ) STRICT;
//! CREATE INDEX deliveries_line ON deliveries(watch, object, number) WHERE state = 0;
//! CREATE INDEX deliveries_due ON deliveries(watch, due, number) WHERE head = 1;
//! CREATE INDEX deliveries_leased ON deliveries(watch, due) WHERE owner IS NOT NULL;
//! CREATE INDEX deliveries_ended ON deliveries(watch, ended) WHERE state <> 0;
//! CREATE TABLE health(
//!     watch TEXT PRIMARY KEY,
//!     failing INTEGER,            -- since when every attempt failed
//!     disabled INTEGER,           -- since when
//!     reason TEXT                 -- why
//! ) STRICT;
//! ```
//!
//! With these indexes every question of [`Ledger`] reads only the rows that it
//! answers with, but for [`Ledger::due_watches`], which looks once per watch.
//! Rows are compared with what [`Memory`] says.

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
