//! Deliveries and the health of watches.
//!
//! Writes of a tenant hold the clock of their tenant, and claims that of the deployment, so one
//! may change a delivery while the other reads it. What is read to be changed is therefore
//! locked as it is read. A claim passes over what is locked, and finds it next time: it waits
//! for no other transaction.

pub(super) mod tables;
mod watches;

use tokio_postgres::Row;

pub(super) use self::watches::{backlog, next_due};

use self::watches::DISABLED;
use super::statement::{Statement, values};
use super::transaction::Write;
use crate::store::{ColumnValue, Error};
use crate::table::GLOBAL;
use crate::value::Instant;
use crate::watch::machine::{
    Backlog, Delivery, DeliveryState, Disabled, Health, Lease, Ledger, Selection,
};

/// What is read of a delivery, in the order in which [`delivery`] reads it.
const READ: &str = "SELECT id, watch, object, number, state, head, due, failed, owner, fence, \
     reason, created, ended FROM deliveries WHERE tenant = $1 AND ";

/// Stores a delivery.
const PUT: &str = "INSERT INTO deliveries(tenant, id, watch, object, number, state, head, due, \
     failed, owner, fence, reason, created, ended) \
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
     ON CONFLICT(tenant, id) DO UPDATE SET state = excluded.state, head = excluded.head, \
     due = excluded.due, failed = excluded.failed, owner = excluded.owner, \
     fence = excluded.fence, reason = excluded.reason, ended = excluded.ended";

/// Stores the health of a watch.
const PUT_HEALTH: &str = "INSERT INTO health(tenant, watch, failing, disabled, reason) \
     VALUES($1, $2, $3, $4, $5) ON CONFLICT(tenant, watch) DO UPDATE SET \
     failing = excluded.failing, disabled = excluded.disabled, reason = excluded.reason";

const ONE: &str = "id = $2 FOR UPDATE";
const FIRST: &str = "state = 0 AND watch = $2 AND object = $3 ORDER BY number LIMIT 1 FOR UPDATE";
const HEAD: &str = "state = 0 AND watch = $2 AND object = $3 AND head = 1 FOR UPDATE";
const DUE: &str = "head = 1 AND watch = $2 AND due <= $3 ORDER BY due, number LIMIT $4 \
     FOR UPDATE SKIP LOCKED";
const OPEN: &str = "state = 0 AND watch = $2 ORDER BY number FOR UPDATE";
const NAMED: &str = "watch = $2 AND id = $3 FOR UPDATE";
const RANGE: &str = "watch = $2 AND number BETWEEN $3 AND $4 ORDER BY number FOR UPDATE";
const DEAD: &str = "watch = $2 AND state = 2 AND ended >= $3 ORDER BY number FOR UPDATE";

/// Reads the health of a watch.
const HEALTH: &str =
    "SELECT failing, disabled, reason FROM health WHERE tenant = $1 AND watch = $2";

/// Counts the deliveries of a watch that are on their way.
const LEASED: &str = "SELECT count(*) FROM deliveries WHERE tenant = $1 AND owner IS NOT NULL \
     AND watch = $2 AND due > $3";

/// Forgets deliveries that ended long ago, and counts them.
const FORGET_ENDED: &str = "WITH gone AS (DELETE FROM deliveries WHERE tenant = $1 \
     AND state <> 0 AND ended < $2 RETURNING 1) SELECT count(*) FROM gone";

/// Forget a watch.
const FORGET: &[&str] = &[
    "DELETE FROM deliveries WHERE tenant = $1 AND watch = $2",
    "DELETE FROM health WHERE tenant = $1 AND watch = $2",
];

/// All statements.
#[cfg(test)]
pub(super) fn statements() -> Vec<String> {
    let now = Instant::from_micros(0);
    let rest = [
        ONE,
        FIRST,
        HEAD,
        DUE,
        OPEN,
        NAMED,
        RANGE,
        DEAD,
        watches::HELD,
    ];
    let mut all: Vec<String> = rest.iter().map(|rest| format!("{READ}{rest}")).collect();
    let others = [PUT, PUT_HEALTH, HEALTH, LEASED, FORGET_ENDED, DISABLED];
    all.extend(others.iter().chain(FORGET).map(|one| (*one).to_owned()));
    let queries = [watches::due(now), watches::next(now), watches::open()];
    all.extend(queries.iter().map(Statement::text));
    all
}

impl Write<'_, '_> {
    /// The deliveries selected by the condition `rest`.
    fn deliveries(
        &self,
        rest: &'static str,
        more: Vec<ColumnValue>,
    ) -> Result<Vec<Delivery>, Error> {
        let what = "read deliveries";
        let mut all = values([&GLOBAL]);
        all.extend(more);
        let rows = self.read(what, Statement::new(format!("{READ}{rest}"), all))?;
        let found: Result<_, _> = rows.iter().map(delivery).collect();
        found.map_err(|why| Error::new(what, why))
    }

    fn one(&self, rest: &'static str, more: Vec<ColumnValue>) -> Result<Option<Delivery>, Error> {
        Ok(self.deliveries(rest, more)?.into_iter().next())
    }

    /// Adds a statement whose answer does not matter.
    fn change(&mut self, sql: &'static str, values: Vec<ColumnValue>) {
        self.wire.get_mut().write(Statement::new(sql, values));
    }
}

/// The number that a statement returns.
fn count(what: &'static str, rows: &[Row]) -> Result<usize, Error> {
    let count = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>(0));
    let count = count.map_err(|why| Error::new(what, why))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

impl Ledger for Write<'_, '_> {
    fn health(&self, watch: &str) -> Result<Health, Error> {
        let what = "read the health of a watch";
        let rows = self.read(what, Statement::new(HEALTH, values([&GLOBAL, &watch])))?;
        let Some(row) = rows.first() else {
            return Ok(Health::new(watch.to_owned()));
        };
        health(watch, row).map_err(|why| Error::new(what, why))
    }

    fn put_health(&mut self, health: &Health) -> Result<(), Error> {
        let disabled = health.disabled.as_ref();
        let values = values([
            &GLOBAL,
            &health.watch,
            &health.failing.map(Instant::micros),
            &disabled.map(|one| one.since.micros()),
            &disabled.map(|one| one.reason.clone()),
        ]);
        self.change(PUT_HEALTH, values);
        Ok(())
    }

    fn delivery(&self, id: &str) -> Result<Option<Delivery>, Error> {
        self.one(ONE, values([&id]))
    }

    fn put(&mut self, delivery: &Delivery) -> Result<(), Error> {
        let values = values([
            &GLOBAL,
            &delivery.id,
            &delivery.watch,
            &delivery.object,
            &delivery.number.cast_signed(),
            &code(delivery.state),
            &i64::from(delivery.head),
            &delivery.due.micros(),
            &i64::from(delivery.failed),
            &delivery.lease.as_ref().map(|lease| lease.owner.clone()),
            &delivery.fence.cast_signed(),
            &delivery.reason,
            &delivery.created.micros(),
            &delivery.ended.map(Instant::micros),
        ]);
        // The holder of a lease sends the next delivery without being woken.
        *self.noted |= delivery.lease.is_none();
        self.change(PUT, values);
        Ok(())
    }

    fn first(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error> {
        self.one(FIRST, values([&watch, &object]))
    }

    fn head(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error> {
        self.one(HEAD, values([&watch, &object]))
    }

    fn due_watches(&self, now: Instant) -> Result<Vec<String>, Error> {
        let what = "read what is due";
        let rows = self.read(what, watches::due(now))?;
        let names: Result<_, _> = rows.iter().map(|row| row.try_get(0)).collect();
        names.map_err(|why| Error::new(what, why))
    }

    fn due(&self, watch: &str, now: Instant, most: usize) -> Result<Vec<Delivery>, Error> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.deliveries(DUE, values([&watch, &now.micros(), &most]))
    }

    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error> {
        let rows = self.read("read what is due next", watches::next(after))?;
        watches::instant(&rows)
    }

    fn backlog(&self) -> Result<Backlog, Error> {
        let rows = self.read("count what is to be sent", watches::open())?;
        watches::counted(&rows)
    }

    fn leased(&self, watch: &str, now: Instant) -> Result<usize, Error> {
        let what = "count what is on its way";
        let statement = Statement::new(LEASED, values([&GLOBAL, &watch, &now.micros()]));
        count(what, &self.read(what, statement)?)
    }

    fn open(&self, watch: &str) -> Result<Vec<Delivery>, Error> {
        self.deliveries(OPEN, values([&watch]))
    }

    fn select(&self, watch: &str, selection: &Selection) -> Result<Vec<Delivery>, Error> {
        match selection {
            Selection::One(id) => self.deliveries(NAMED, values([&watch, id])),
            Selection::Range(from, to) => {
                let bound = |number: &u64| i64::try_from(*number).unwrap_or(i64::MAX);
                self.deliveries(RANGE, values([&watch, &bound(from), &bound(to)]))
            }
            Selection::DeadSince(instant) => {
                self.deliveries(DEAD, values([&watch, &instant.micros()]))
            }
        }
    }

    fn held(&self, instant: Instant) -> Result<Vec<Delivery>, Error> {
        // Who enables one of them again waits, or is waited for.
        let lock = format!("{DISABLED} ORDER BY watch FOR UPDATE");
        self.read(
            "read disabled watches",
            Statement::new(lock, values([&GLOBAL])),
        )?;
        self.deliveries(watches::HELD, values([&instant.micros()]))
    }

    fn forget_ended(&mut self, instant: Instant) -> Result<usize, Error> {
        let what = "forget deliveries";
        let statement = Statement::new(FORGET_ENDED, values([&GLOBAL, &instant.micros()]));
        count(what, &self.wire.get_mut().change(what, statement)?)
    }

    fn forget_watch(&mut self, watch: &str) -> Result<(), Error> {
        for sql in FORGET {
            self.change(sql, values([&GLOBAL, &watch]));
        }
        Ok(())
    }
}

fn health(watch: &str, row: &Row) -> Result<Health, tokio_postgres::Error> {
    let failing: Option<i64> = row.try_get(0)?;
    let since: Option<i64> = row.try_get(1)?;
    let reason: Option<String> = row.try_get(2)?;
    Ok(Health {
        watch: watch.to_owned(),
        failing: failing.map(Instant::from_micros),
        disabled: since.map(|since| Disabled {
            since: Instant::from_micros(since),
            reason: reason.unwrap_or_default(),
        }),
    })
}

fn delivery(row: &Row) -> Result<Delivery, tokio_postgres::Error> {
    let due = Instant::from_micros(row.try_get(6)?);
    let owner: Option<String> = row.try_get(8)?;
    let failed: i64 = row.try_get(7)?;
    Ok(Delivery {
        id: row.try_get(0)?,
        watch: row.try_get(1)?,
        object: row.try_get(2)?,
        number: row.try_get::<_, i64>(3)?.cast_unsigned(),
        state: match row.try_get::<_, i64>(4)? {
            0 => DeliveryState::Open,
            1 => DeliveryState::Delivered,
            _ => DeliveryState::Dead,
        },
        head: row.try_get::<_, i64>(5)? != 0,
        due,
        failed: u32::try_from(failed).unwrap_or(u32::MAX),
        // For a leased delivery, `due` is the end of the lease.
        lease: owner.map(|owner| Lease { owner, until: due }),
        fence: row.try_get::<_, i64>(9)?.cast_unsigned(),
        reason: row.try_get(10)?,
        created: Instant::from_micros(row.try_get(11)?),
        ended: row.try_get::<_, Option<i64>>(12)?.map(Instant::from_micros),
    })
}

fn code(state: DeliveryState) -> i64 {
    match state {
        DeliveryState::Open => 0,
        DeliveryState::Delivered => 1,
        DeliveryState::Dead => 2,
    }
}
