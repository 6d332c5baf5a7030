//! The PostgreSQL store: any number of processes over one database. Nothing that an answer
//! depends on is kept in a process.
//!
//! Everything here is asynchronous but the writers, which have threads of their own because
//! decisions are made on them; [`access`] is the edge to callers that are not.

pub(crate) mod access;
mod adapter;
mod catalog;
mod clock;
mod connection;
mod group;
mod keys;
mod ledger;
mod link;
mod migrate;
mod opening;
mod own;
mod pool;
mod ready;
mod row;
mod schema;
mod select;
mod settings;
pub(crate) mod statement;
#[cfg(test)]
mod tests;
mod tls;
mod transaction;
mod transfer;
pub(super) mod trouble;
mod wire;
mod writer;

use std::sync::Arc;

use tokio::sync::Notify;

use self::access::Access;
use self::catalog::Catalog;
use self::connection::Place;
use self::group::Means;
use self::opening::Opening;
use self::ready::Last;
pub(super) use self::transfer::Database;
use self::writer::Writers;
use super::migrate::{Target, Witness};
use super::{Error, Extent, Migration, Model, internal};
use crate::table::Table;
use crate::value::Instant;
use crate::watch::seal::Sealer;

/// Number of connections for reads.
const READERS: usize = 16;

/// The PostgreSQL store.
#[derive(Debug)]
pub struct Postgres {
    // Dropped first: they wait for writes, for which they need the threads.
    writers: Writers,
    access: Access,
    shared: Arc<Shared>,
    wake: Arc<Notify>,
}

/// What reads need beside a connection.
#[derive(Debug)]
struct Shared {
    catalog: Arc<Catalog>,
    last: Last,
    /// The migration that had changed the tables last when the database was opened.
    schema: i64,
    /// Settings of the database with which a power failure undoes writes.
    risks: Vec<String>,
}

impl Postgres {
    /// Opens the database at `url`, in which the tables are made if it is empty. Values of
    /// secret fields are stored encrypted; all processes need the same keys.
    ///
    /// # Errors
    /// The database cannot be reached or used, belongs to another program or another spec, or
    /// the keys are those of another database.
    pub fn open(url: &str, tables: &[&'static Table], sealer: Sealer) -> Result<Self, Error> {
        Self::open_at(url, tables, sealer, Instant::now)
    }

    /// Like [`Self::open`], with the clock `wall`.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub fn open_at(
        url: &str,
        tables: &[&'static Table],
        sealer: Sealer,
        wall: fn() -> Instant,
    ) -> Result<Self, Error> {
        Self::start(url, (tables, &[]), sealer, wall, Extent::Additive)
    }

    /// Like [`Self::open`], with the models of the tables: those of another version become these,
    /// as far as `extent` allows.
    ///
    /// # Errors
    /// As for [`Self::open`]; the database cannot become one of these tables.
    pub fn open_models(
        url: &str,
        tables: &[&'static Table],
        models: &[Model],
        sealer: Sealer,
        extent: Extent,
    ) -> Result<Self, Error> {
        Self::start(url, (tables, models), sealer, Instant::now, extent)
    }

    /// Makes the tables in the database those of these models, as far as `extent` allows; each
    /// statement is shown to `witness` before. If it is only a `plan`, nothing is changed, and
    /// breaches are no error.
    ///
    /// # Errors
    /// As for [`Self::open_models`].
    pub fn migrate(
        url: &str,
        tables: &[&'static Table],
        models: &[Model],
        sealer: &Sealer,
        (extent, plan): (Extent, bool),
        witness: Witness<'_>,
    ) -> Result<Migration, Error> {
        let access = Access::new(Place::parse(url)?, 1)?;
        let opening = Opening {
            target: Target {
                tables: &[tables, internal::ALL].concat(),
                models,
                sealer,
            },
            extent,
            plan,
            seals: true,
        };
        let opened = access.work(|link| opening::open(link, &opening, witness))?;
        Ok(opened.migration)
    }

    fn start(
        url: &str,
        (tables, models): (&[&'static Table], &[Model]),
        sealer: Sealer,
        wall: fn() -> Instant,
        extent: Extent,
    ) -> Result<Self, Error> {
        let place = Place::parse(url)?;
        let access = Access::new(place.clone(), READERS)?;
        let tables = [tables, internal::ALL].concat();
        let opening = Opening {
            target: Target {
                tables: &tables,
                models,
                sealer: &sealer,
            },
            extent,
            plan: false,
            seals: true,
        };
        let (opened, risks) = access.work(|link| {
            let opened = opening::open(link, &opening, &mut |_| Ok(()))?;
            let risks = link.runtime.block_on(ready::risks(link.client))?;
            Ok((opened, risks))
        })?;
        opened.migration.tell();
        for risk in &risks {
            tracing::warn!("the database is set to `{risk}`: a power failure can undo writes");
        }
        let catalog = Catalog::new(&tables, sealer);
        let means = Means {
            catalog: Arc::clone(&catalog),
            runtime: access.threads()?,
            wall,
            seed: opened.seed,
            schema: opened.schema,
        };
        let wake = Arc::<Notify>::default();
        Ok(Self {
            writers: Writers::start(&place, means, &wake)?,
            access,
            shared: Arc::new(Shared {
                catalog,
                last: Last::default(),
                schema: opened.schema,
                risks,
            }),
            wake,
        })
    }
}

/// Opens the database at `url` for what is kept beside objects.
///
/// # Errors
/// The database cannot be reached or used, or belongs to another program.
pub(crate) fn beside(url: &str) -> Result<Access, Error> {
    let access = Access::new(Place::parse(url)?, BESIDE)?;
    // Nothing is sealed by it.
    let sealer =
        Sealer::parse(&"0".repeat(64)).map_err(|why| Error::new("use the database", why))?;
    let opening = Opening {
        target: Target {
            tables: &[],
            models: &[],
            sealer: &sealer,
        },
        extent: Extent::NewTables,
        plan: false,
        seals: false,
    };
    access.work(|link| opening::open(link, &opening, &mut |_| Ok(())))?;
    Ok(access)
}

/// Number of connections for what is kept beside objects.
const BESIDE: usize = 4;
