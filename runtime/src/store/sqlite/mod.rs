//! The SQLite store: a writer that commits queued writes in groups, and a pool of read
//! connections.

mod backup;
mod clock;
mod connection;
mod connections;
mod folder;
mod identity;
mod keys;
mod ledger;
mod lists;
mod migrate;
mod opening;
mod pool;
mod ready;
mod row;
mod schema;
mod select;
mod statements;
mod statistics;
mod transaction;
#[cfg(feature = "postgres")]
mod transfer;
pub(super) mod trouble;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;

use rusqlite::Connection;
use tokio::sync::Notify;

pub(crate) use self::backup::clear;
pub use self::backup::restore;
pub use self::connection::FILE;
#[cfg(feature = "postgres")]
pub(crate) use self::connection::LOG;
pub(crate) use self::connection::open;
pub(crate) use self::folder::reserve;
#[cfg(feature = "postgres")]
pub(crate) use self::keys::KEY;
use self::lists::Lists;
use self::opening::Opening;
pub(crate) use self::opening::table;
pub(crate) use self::pool::Pool;
use self::ready::{Probe, identity};
use self::statements::Catalog;
use self::statistics::Edition;
#[cfg(feature = "postgres")]
pub(super) use self::transfer::Folder;
use self::writer::Writer;
use super::error::Trouble;
use super::internal;
use super::{
    Error, Extent, Migration, Model, Page, Queued, Read, Select, Store, Stored, Witness, at_once,
};
use crate::table::{GLOBAL, Table};
use crate::value::Instant;
use crate::watch::machine::Backlog;
use crate::watch::seal::Sealer;

/// Number of connections for short reads, which threads of the server make one at a time.
const READERS: usize = 8;

/// Least number of connections for lists; more where the machine has more than two processors.
const LISTS: usize = 4;

/// The SQLite store.
#[derive(Debug)]
pub struct Sqlite {
    catalog: Arc<Catalog>,
    readers: Pool,
    lists: Lists,
    probe: Arc<Probe>,
    writer: Writer,
    wake: Arc<Notify>,
}

impl Sqlite {
    /// Opens the database in `folder`, creating both if they do not exist. Values of secret
    /// fields are stored encrypted.
    ///
    /// # Errors
    /// The folder or file cannot be used, others can reach it, objects are those of another
    /// spec, or the keys those of another database.
    pub fn open(folder: &Path, tables: &[&'static Table], sealer: Sealer) -> Result<Self, Error> {
        Self::open_at(folder, tables, sealer, Instant::now)
    }

    /// Like [`Self::open`], with the clock `wall`.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn open_at(
        folder: &Path,
        tables: &[&'static Table],
        sealer: Sealer,
        clock: fn() -> Instant,
    ) -> Result<Self, Error> {
        Self::start(folder, (tables, &[]), Some(sealer), clock, Extent::Additive)
    }

    /// Like [`Self::open`], with the models of the tables: those of another version become these,
    /// as far as `extent` allows. Without keys, they are those in the file `secret-key` of
    /// the folder, which is created with the database. If the file is lost, all secrets are lost.
    ///
    /// # Errors
    /// As for [`Self::open`]; one of database and key file is there without the other; the
    /// database cannot become one of these tables.
    pub fn open_models(
        folder: &Path,
        tables: &[&'static Table],
        models: &[Model],
        sealer: Option<Sealer>,
        extent: Extent,
    ) -> Result<Self, Error> {
        Self::start(folder, (tables, models), sealer, Instant::now, extent)
    }

    /// Makes the tables in the database those of these models, as far as `extent` allows; each
    /// statement is shown to `witness` before. If it is only a `plan`, nothing is changed, and
    /// breaches are no error.
    ///
    /// # Errors
    /// As for [`Self::open_models`].
    pub fn migrate(
        folder: &Path,
        tables: &[&'static Table],
        models: &[Model],
        sealer: Option<Sealer>,
        (extent, plan): (Extent, bool),
        witness: Witness<'_>,
    ) -> Result<Migration, Error> {
        let opening = Opening {
            folder,
            tables: &all(tables),
            models,
            extent,
        };
        match plan {
            true => opening::plan(&opening, sealer),
            false => opening::store(&opening, sealer, witness).map(|(.., done)| done),
        }
    }

    fn start(
        folder: &Path,
        (tables, models): (&[&'static Table], &[Model]),
        sealer: Option<Sealer>,
        clock: fn() -> Instant,
        extent: Extent,
    ) -> Result<Self, Error> {
        let opening = Opening {
            folder,
            tables: &all(tables),
            models,
            extent,
        };
        let (connection, catalog, _) = opening::store(&opening, sealer, &mut |_| Ok(()))?;
        let catalog = Arc::new(catalog);
        let reader = |_| open(folder, true);
        let readers: Result<Vec<_>, _> = (0..READERS).map(reader).collect();
        let processors = available_parallelism().map_or(1, usize::from);
        let lists = LISTS.max(2 * processors);
        let (wake, edition) = (Arc::<Notify>::default(), Arc::<Edition>::default());
        let (place, edited) = (folder.to_owned(), Arc::clone(&edition));
        let file = identity(&folder.join(FILE)).ok();
        // A file that took the place of the first one is another database.
        let list = move || match identity(&place.join(FILE)).ok() == file {
            true => open(&place, true),
            false => Err(Error::from(Trouble::Replaced)),
        };
        let own = (Arc::clone(&catalog), Arc::clone(&wake));
        Ok(Self {
            writer: Writer::start(connection, own.0, clock, own.1, edition)?,
            wake,
            probe: Arc::new(Probe::new(folder)?),
            readers: Pool::new(readers?),
            lists: Lists::new(lists, edited, list)?,
            catalog,
        })
    }
}

/// The tables of a program and those of the runtime.
fn all(tables: &[&'static Table]) -> Vec<&'static Table> {
    [tables, internal::ALL].concat()
}

impl Store for Sqlite {
    fn submit(&self, queued: Queued) {
        self.writer.send(queued);
    }

    // A row by its key takes less time than a change of threads.
    fn get<'s>(
        &'s self,
        table: &'static Table,
        tenant: &'s str,
        id: &'s str,
    ) -> Read<'s, Option<Stored>> {
        let connection = self.readers.take();
        at_once(row::find(&connection, &self.catalog, table, tenant, id))
    }

    fn list(&self, select: Select) -> Read<'_, Page> {
        Box::pin(async move {
            let tenant = select.tenant.clone();
            let catalog = Arc::clone(&self.catalog);
            let list =
                move |connection: &Connection| select::list(connection, &catalog.sealer, &select);
            self.lists.run(&tenant, list).await
        })
    }

    fn wake(&self) -> &Notify {
        &self.wake
    }

    fn next_due(&self, after: Instant) -> Read<'_, Option<Instant>> {
        at_once(ledger::next_due(&self.readers.take(), after))
    }

    fn backlog(&self) -> Read<'_, Backlog> {
        Box::pin(self.lists.run(GLOBAL, ledger::backlog))
    }

    fn ready(&self) -> Read<'_, ()> {
        let probe = Arc::clone(&self.probe);
        Box::pin(async move {
            // It waits for the disk.
            let asked = tokio::task::spawn_blocking(move || probe.ask()).await;
            asked.unwrap_or_else(|_| Err(Error::stopped()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Sealer, Sqlite, open};
    use crate::store::Store;

    #[tokio::test]
    async fn a_store_whose_clock_is_gone_is_not_ready() {
        let folder = std::env::temp_dir().join(format!("fieldproof-ready-{}", std::process::id()));
        let store = Sqlite::open(&folder, &[], Sealer::parse(&"00".repeat(32)).unwrap()).unwrap();
        let clock = |sql| open(&folder, false).unwrap().execute(sql, []).unwrap();
        clock("DELETE FROM clock");
        assert!(store.ready().await.is_err());
        clock("INSERT INTO clock VALUES(1, 0, 0, 0)");
        assert!(store.ready().await.is_ok());
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
