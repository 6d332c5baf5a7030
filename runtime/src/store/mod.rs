//! The store: objects as JSON text, with typed columns.

mod column_value;
mod decision;
mod error;
mod expiry;
mod internal;
mod memory;
mod migrate;
mod model;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
mod queue;
mod secret;
mod select;
mod sql;
pub mod sqlite;
mod statements;
mod tables;
mod transaction;
#[cfg(feature = "postgres")]
pub(crate) mod transfer;

pub(crate) use column_value::SEPARATOR;
pub use column_value::{ColumnValue, ToColumnValue};
use decision::is_rehearsed;
pub use decision::{Decision, Durability, Pending, Queued};
pub use error::Error;
pub use internal::{
    EVENTS, IDEMPOTENCY_KEYS, INVITATIONS, KEYS, LOGINS, PRESETS, REFRESH_TOKENS, REQUESTS, SHARED,
    VIEWERS, WATCHERS,
};
pub use memory::Memory;
pub(crate) use memory::apart;
pub use migrate::{Breach, Extent, Migration, Witness};
pub use model::{Model, Older, Reform, Reformed};
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use select::{Compare, Condition, Page, Select, Term};
pub use sqlite::Sqlite;
pub use transaction::{Row, Stored, Transaction};

use std::future::ready;
use std::pin::Pin;

use tokio::sync::Notify;

use crate::table::Table;
use crate::value::Instant;
use crate::watch::machine::Backlog;

/// A read under way.
pub type Read<'s, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 's>>;

/// A read that did not have to wait.
pub(crate) fn at_once<'s, T: Send + 's>(found: Result<T, Error>) -> Read<'s, T> {
    Box::pin(ready(found))
}

/// A store of objects. Writes run one after the other, each completely or not at all; reads see
/// only committed writes.
pub trait Store: Send + Sync + 'static {
    /// Queues a decision, which is made in its own transaction and answered after the commit; it
    /// is refused if too many wait.
    fn submit(&self, queued: Queued);

    /// Reads one object.
    ///
    /// # Errors
    /// The store cannot be read.
    fn get<'s>(
        &'s self,
        table: &'static Table,
        tenant: &'s str,
        id: &'s str,
    ) -> Read<'s, Option<Stored>>;

    /// Reads the objects that `select` selects. This may take long; dropping the future ends it.
    ///
    /// # Errors
    /// The store cannot be read.
    fn list(&self, select: Select) -> Read<'_, Page>;

    /// Notified after each commit of this process that leaves deliveries to send.
    fn wake(&self) -> &Notify;

    /// The earliest time after `after` at which a delivery is due; see
    /// [`Ledger::next_due`](crate::watch::machine::Ledger::next_due).
    ///
    /// # Errors
    /// The store cannot be read.
    fn next_due(&self, after: Instant) -> Read<'_, Option<Instant>>;

    /// The number of open deliveries; see
    /// [`Ledger::backlog`](crate::watch::machine::Ledger::backlog).
    ///
    /// # Errors
    /// The store cannot be read.
    fn backlog(&self) -> Read<'_, Backlog>;

    /// Checks that the store responds.
    ///
    /// # Errors
    /// The reason why it does not.
    fn ready(&self) -> Read<'_, ()>;

    /// Settings of the database with which a failure can undo what was committed, for the
    /// operator; none where the store chooses them.
    fn risks(&self) -> &[String] {
        &[]
    }
}
