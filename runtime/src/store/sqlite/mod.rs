//! The SQLite store: a writer that commits queued writes in groups, and a pool of read
//! connections.

mod clock;
mod ledger;
mod pool;
mod row;
mod schema;
mod select;
mod statements;
mod transaction;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::Notify;

pub(crate) use self::pool::Pool;
use self::statements::Catalog;
use self::writer::Writer;
use super::internal;
use super::{Decision, Durability, Error, Page, Select, Store, Stored};
use crate::table::Table;
use crate::value::Instant;
use crate::watch::machine::Backlog;
use crate::watch::seal::Sealer;

/// Name of the database file in the data folder.
pub const FILE: &str = "fieldproof.sqlite3";

/// How long a connection waits for the write lock of another process.
const BUSY: Duration = Duration::from_secs(5);

/// Number of read connections.
const READERS: usize = 8;

/// The SQLite store.
#[derive(Debug)]
pub struct Sqlite {
    catalog: Arc<Catalog>,
    readers: Pool,
    writer: Writer,
    wake: Arc<Notify>,
}

impl Sqlite {
    /// Opens the database in `folder`, creating it if it does not exist. Values of secret
    /// fields are stored encrypted.
    ///
    /// # Errors
    /// The folder or file cannot be used, or the tables are those of another spec.
    pub fn open(folder: &Path, tables: &[&'static Table], sealer: Sealer) -> Result<Self, Error> {
        Self::open_at(folder, tables, sealer, Instant::now)
    }

    /// Like [`Self::open`], with the clock `wall`.
    ///
    /// # Errors
    /// The folder or file cannot be used, or the tables are those of another spec.
    pub fn open_at(
        folder: &Path,
        tables: &[&'static Table],
        sealer: Sealer,
        clock: fn() -> Instant,
    ) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|why| Error::new("make the data folder", why))?;
        let tables = &[tables, internal::ALL].concat();
        let connection = open(folder, false)?;
        let failed = |why| Error::new("prepare the database", why);
        connection
            .pragma_update(None, "journal_mode", "wal")
            .map_err(failed)?;
        schema::create(&connection, tables)?;
        let catalog = Arc::new(Catalog::new(tables, sealer));
        let mut readers = Vec::new();
        for _ in 0..READERS {
            readers.push(open(folder, true)?);
        }
        let wake = Arc::<Notify>::default();
        let own = (Arc::clone(&catalog), Arc::clone(&wake));
        Ok(Self {
            writer: Writer::start(connection, own.0, clock, own.1)?,
            wake,
            readers: Pool::new(readers),
            catalog,
        })
    }
}

impl Store for Sqlite {
    fn submit(&self, durability: Durability, decision: Box<dyn Decision>) {
        self.writer.send(decision, durability);
    }

    fn get(&self, table: &'static Table, tenant: &str, id: &str) -> Result<Option<Stored>, Error> {
        let connection = self.readers.take();
        row::find(&connection, &self.catalog, table, tenant, id)
    }

    fn list(&self, select: &Select) -> Result<Page, Error> {
        select::list(&self.readers.take(), select)
    }

    fn wake(&self) -> &Notify {
        &self.wake
    }

    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error> {
        ledger::next_due(&self.readers.take(), after)
    }

    fn backlog(&self) -> Result<Backlog, Error> {
        ledger::backlog(&self.readers.take())
    }

    fn ready(&self) -> Result<(), Error> {
        let connection = self.readers.take();
        let one = connection.query_row("SELECT 1 FROM clock", [], |_| Ok(()));
        one.map_err(|why| Error::new("read the clock row", why))
    }
}

/// Opens a connection to the database in `folder`, with the settings common to all connections.
pub(crate) fn open(folder: &Path, reads: bool) -> Result<Connection, Error> {
    let failed = |why| Error::new("open the database", why);
    let connection = Connection::open(folder.join(FILE)).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(256);
    // A write that was acknowledged must survive a power failure.
    connection
        .pragma_update(None, "synchronous", "full")
        .map_err(failed)?;
    connection
        .pragma_update(None, "cache_size", -16_000)
        .map_err(failed)?;
    connection
        .pragma_update(None, "mmap_size", 268_435_456)
        .map_err(failed)?;
    connection
        .pragma_update(None, "query_only", reads)
        .map_err(failed)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::{Sealer, Sqlite, open};
    use crate::store::Store;

    #[test]
    fn a_store_whose_clock_is_gone_is_not_ready() {
        let folder = std::env::temp_dir().join(format!("fieldproof-ready-{}", std::process::id()));
        let store = Sqlite::open(&folder, &[], Sealer::parse(&"00".repeat(32)).unwrap()).unwrap();
        assert!(store.ready().is_ok());
        open(&folder, false)
            .unwrap()
            .execute("DELETE FROM clock", [])
            .unwrap();
        assert!(store.ready().is_err());
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
