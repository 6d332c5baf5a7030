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
mod ledger;
mod opening;
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
pub(super) mod trouble;
mod wire;
mod writer;

use std::sync::Arc;

use tokio::sync::Notify;

use self::access::{Access, lent};
use self::catalog::Catalog;
use self::connection::Place;
use self::group::Means;
use self::ready::Last;
use self::writer::Writers;
use super::{Error, internal};
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
        let place = Place::parse(url)?;
        let access = Access::new(place.clone(), READERS)?;
        let tables = [tables, internal::ALL].concat();
        let (all, keys) = (tables.clone(), sealer.names().map(str::to_owned).collect());
        let (seed, risks) = access.ask(|pool| async move {
            let client = lent(&pool).await?;
            let seed = opening::prepare(&client, &all, keys).await?;
            Ok((seed, ready::risks(&client).await?))
        })?;
        for risk in &risks {
            tracing::warn!("the database is set to `{risk}`: a power failure can undo writes");
        }
        let catalog = Catalog::new(&tables, sealer);
        let means = Means {
            catalog: Arc::clone(&catalog),
            runtime: access.threads()?,
            wall,
            seed,
        };
        let wake = Arc::<Notify>::default();
        let last = Last::default();
        Ok(Self {
            writers: Writers::start(&place, means, &wake)?,
            access,
            shared: Arc::new(Shared {
                catalog,
                last,
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
    access.ask(|pool| async move {
        let client = lent(&pool).await?;
        opening::prepare(&client, &[], Vec::new()).await.map(drop)
    })?;
    Ok(access)
}

/// Number of connections for what is kept beside objects.
const BESIDE: usize = 4;
