//! A group of writes of one tenant, committed in one transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant as Moment};

use tokio::runtime::Handle;
use tokio_postgres::Client;

use super::catalog::Catalog;
use super::clock::{self, Clock};
use super::statement::{Statement, values};
use super::transaction::Write;
use super::trouble::Failure;
pub(super) use super::wire::Failed;
use super::wire::Wire;
use crate::problem::Problem;
use crate::store::error::Trouble;
use crate::store::{Durability, Error, Queued, is_rehearsed};
use crate::value::Instant;

/// How long the writes of a group are made; those that are left are in the next group.
const LONGEST: Duration = Duration::from_millis(50);

/// Begins a transaction. One whose process stands still for two seconds is ended by the
/// database, so that others of the tenant need not wait for it any longer.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
    SET LOCAL idle_in_transaction_session_timeout = 2000; SET LOCAL lock_timeout = 15000; \
    SET LOCAL statement_timeout = 30000";

/// Does not wait for the disk.
const RELAXED: &str = "SET LOCAL synchronous_commit = off";

/// What all groups need.
#[derive(Debug)]
pub(super) struct Means {
    pub(super) catalog: Arc<Catalog>,
    pub(super) runtime: Handle,
    pub(super) wall: fn() -> Instant,
    pub(super) seed: u32,
    /// The migration that had changed the tables last when the database was opened.
    pub(super) schema: i64,
}

/// What became of a group.
#[derive(Debug)]
pub(super) struct Committed {
    /// The answers to the first of its writes; those behind were not made.
    pub(super) ends: Vec<Result<(), Problem>>,
    /// Whether they left deliveries to send.
    pub(super) noted: bool,
}

/// Commits the writes of a group, or those at its beginning for which there is time.
///
/// # Errors
/// Nothing was committed; or nobody knows, if the connection was lost in the end.
pub(super) fn commit(
    means: &Means,
    client: &Client,
    group: &mut [Queued],
) -> Result<Committed, Uncommitted> {
    let mut wire = Wire::new(client, &means.runtime);
    let before = Uncommitted::before;
    let Some(first) = group.first() else {
        let (ends, noted) = (Vec::new(), false);
        return Ok(Committed { ends, noted });
    };
    let tenant = Arc::clone(&first.tenant);
    let most = group.iter().map(|one| one.durability).max();
    let mut clock = match lock(&mut wire, means, &tenant, most) {
        Ok(clock) => clock,
        Err(why) => return Err(before(wire, why)),
    };
    let (mut ends, mut noted, start) = (Vec::new(), false, Moment::now());
    for queued in group {
        if start.elapsed() > LONGEST && !ends.is_empty() {
            break;
        }
        if is_rehearsed() {
            let _ = decide(
                &mut wire,
                means,
                &mut clock,
                &mut noted.clone(),
                queued,
                false,
            );
        }
        let end = decide(&mut wire, means, &mut clock, &mut noted, queued, true);
        if wire.has_failed() {
            return Err(before(wire, Error::stopped()));
        }
        ends.push(end);
    }
    match wire.commit(clock.statement(&tenant)) {
        Ok(()) => Ok(Committed { ends, noted }),
        Err(failed) => Err(Uncommitted {
            failed,
            ending: true,
        }),
    }
}

/// Why a group was not committed.
#[derive(Debug)]
pub(super) struct Uncommitted {
    pub(super) failed: Failed,
    /// Whether it failed when it was to be committed.
    pub(super) ending: bool,
}

impl Uncommitted {
    /// No connection could be made.
    pub(super) fn unreachable(why: tokio_postgres::Error) -> Self {
        let (how, why) = (Failure::Lost, Error::new("reach the database", why));
        let (failed, ending) = (Failed { how, why }, false);
        Self { failed, ending }
    }

    /// Ends a transaction that failed before it was to be committed.
    fn before(wire: Wire<'_>, why: Error) -> Self {
        let failed = wire.roll_back().unwrap_or(Failed {
            how: Failure::Statement,
            why,
        });
        Self {
            failed,
            ending: false,
        }
    }
}

/// Begins a transaction and locks the clock of its tenant. It is refused when a migration changed
/// tables since the process was started: what it would store is of the version before.
fn lock(
    wire: &mut Wire<'_>,
    means: &Means,
    tenant: &str,
    durability: Option<Durability>,
) -> Result<Clock, Error> {
    let what = "read the clock";
    wire.write(Statement::plain(BEGIN));
    if durability == Some(Durability::Relaxed) {
        wire.write(Statement::plain(RELAXED));
    }
    wire.keep();
    let lock = || Statement::new(clock::LOCK, values([&tenant]));
    let mut rows = wire.read(what, lock())?;
    if rows.is_empty() {
        wire.write(clock::make(tenant));
        wire.keep();
        rows = wire.read(what, lock())?;
    }
    let row = rows.first().ok_or_else(|| Error::new(what, "it is gone"))?;
    let schema: i64 = row.try_get(3).map_err(|why| Error::new(what, why))?;
    if schema != means.schema {
        return Err(Trouble::Outdated.into());
    }
    Clock::read(row, means.wall).map_err(|why| Error::new(what, why))
}

/// Makes one write; what it did is undone if it refuses, or is not to be kept.
fn decide(
    wire: &mut Wire<'_>,
    means: &Means,
    clock: &mut Clock,
    noted: &mut bool,
    queued: &mut Queued,
    keep: bool,
) -> Result<(), Problem> {
    let before = *clock;
    let mut write = Write {
        wire: (&mut *wire).into(),
        catalog: &means.catalog,
        clock,
        seed: means.seed,
        noted,
    };
    let decided = catch_unwind(AssertUnwindSafe(|| queued.decision.decide(&mut write)));
    let end = decided.unwrap_or_else(|_| Err(Problem::internal()));
    match end.is_ok() && keep {
        true => wire.keep(),
        false => {
            *clock = clock.undone(before);
            wire.undo();
        }
    }
    end
}
