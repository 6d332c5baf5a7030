//! The store: objects as JSON text with typed columns beside it.

mod column_value;
mod error;
mod internal;
mod job;
mod memory;
mod select;
pub mod sqlite;
mod transaction;

pub(crate) use column_value::SEPARATOR;
pub use column_value::{ColumnValue, ToColumnValue};
pub use error::Error;
pub use internal::{
    EVENTS, INVITATIONS, KEYS, LOGINS, PRESETS, REFRESH_TOKENS, REQUESTS, SHARED, VIEWERS, WATCHERS,
};
pub use job::{Durability, Job, Pending, Written};
pub use memory::Memory;
pub use select::{Compare, Condition, Page, Select, Term};
pub use sqlite::Sqlite;
pub use transaction::{Row, Stored, Transaction};

use tokio::sync::Notify;

use crate::table::Table;
use crate::value::Instant;
use crate::watch::machine::Backlog;

/// Where objects are stored. Writes run one after the other, each whole or not at all;
/// reads see committed writes only.
pub trait Store: Send + Sync + 'static {
    /// Runs `job` in a transaction of its own; the answer comes after the commit.
    fn write_with(&self, durability: Durability, job: Job) -> Pending;

    /// The same for a write that survives a loss of power.
    fn write(&self, job: Job) -> Pending {
        self.write_with(Durability::Full, job)
    }

    /// Reads one object.
    ///
    /// # Errors
    /// A store that cannot be read.
    fn get(&self, table: &'static Table, tenant: &str, id: &str) -> Result<Option<Stored>, Error>;

    /// Reads the objects that `select` names.
    ///
    /// # Errors
    /// A store that cannot be read.
    fn list(&self, select: &Select) -> Result<Page, Error>;

    /// Notified after each commit of this process that leaves deliveries to be sent.
    fn wake(&self) -> &Notify;

    /// When, later than `after`, the next delivery is due; see
    /// [`Ledger::next_due`](crate::watch::machine::Ledger::next_due).
    ///
    /// # Errors
    /// A store that cannot be read.
    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error>;

    /// How much is to be sent; see
    /// [`Ledger::backlog`](crate::watch::machine::Ledger::backlog).
    ///
    /// # Errors
    /// A store that cannot be read.
    fn backlog(&self) -> Result<Backlog, Error>;

    /// Whether the store answers.
    ///
    /// # Errors
    /// Why it does not.
    fn ready(&self) -> Result<(), Error>;
}
