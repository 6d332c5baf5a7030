//! Deliveries and the health of watches, in tables next to those of objects.

mod tables;
mod watches;

use rusqlite::types::ToSql;
use rusqlite::{OptionalExtension, Row};

pub(super) use self::tables::TABLES;
pub(super) use self::watches::{backlog, next_due};

use self::watches::DISABLED;
use super::transaction::Write;
use crate::store::Error;
use crate::value::Instant;
use crate::watch::machine::{
    Backlog, Delivery, DeliveryState, Disabled, Health, Lease, Ledger, Selection,
};

/// The columns of a delivery, in the order in which [`delivery`] reads them.
const COLUMNS: &str =
    "id, watch, object, number, state, head, due, failed, owner, fence, reason, created, ended";

impl Write<'_> {
    /// The deliveries selected by the condition `rest`.
    fn deliveries(&self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<Delivery>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE {rest}");
        let query = self.connection.prepare_cached(&sql);
        let found = query.and_then(|mut query| query.query_map(values, delivery)?.collect());
        found.map_err(|why| Error::new("read deliveries", why))
    }

    fn one(&self, rest: &str, values: &[&dyn ToSql]) -> Result<Option<Delivery>, Error> {
        Ok(self.deliveries(rest, values)?.into_iter().next())
    }

    /// Executes a statement and returns the number of affected rows.
    fn change(&self, sql: &str, values: &[&dyn ToSql]) -> Result<usize, Error> {
        let query = self.connection.prepare_cached(sql);
        let done = query.and_then(|mut query| query.execute(values));
        done.map_err(|why| Error::new("change deliveries", why))
    }
}

impl Ledger for Write<'_> {
    fn health(&self, watch: &str) -> Result<Health, Error> {
        let read = |row: &Row<'_>| {
            let since: Option<i64> = row.get(1)?;
            let reason: Option<String> = row.get(2)?;
            Ok(Health {
                watch: watch.to_owned(),
                failing: row.get::<_, Option<i64>>(0)?.map(Instant::from_micros),
                disabled: since.map(|since| Disabled {
                    since: Instant::from_micros(since),
                    reason: reason.unwrap_or_default(),
                }),
            })
        };
        let sql = "SELECT failing, disabled, reason FROM health WHERE watch = ?1";
        let query = self.connection.prepare_cached(sql);
        let found = query.and_then(|mut query| query.query_row([watch], read).optional());
        let found = found.map_err(|why| Error::new("read the health of a watch", why))?;
        Ok(found.unwrap_or_else(|| Health::new(watch.to_owned())))
    }

    fn put_health(&mut self, health: &Health) -> Result<(), Error> {
        let disabled = health.disabled.as_ref();
        let sql = "INSERT OR REPLACE INTO health VALUES(?1, ?2, ?3, ?4)";
        let values: &[&dyn ToSql] = &[
            &health.watch,
            &health.failing.map(Instant::micros),
            &disabled.map(|one| one.since.micros()),
            &disabled.map(|one| &one.reason),
        ];
        self.change(sql, values).map(drop)
    }

    fn delivery(&self, id: &str) -> Result<Option<Delivery>, Error> {
        self.one("id = ?1", &[&id])
    }

    fn put(&mut self, delivery: &Delivery) -> Result<(), Error> {
        let sql = "INSERT INTO deliveries
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT DO UPDATE SET state = ?5, head = ?6, due = ?7, failed = ?8, owner = ?9,
                fence = ?10, reason = ?11, ended = ?13";
        let values: &[&dyn ToSql] = &[
            &delivery.id,
            &delivery.watch,
            &delivery.object,
            &delivery.number.cast_signed(),
            &code(delivery.state),
            &delivery.head,
            &delivery.due.micros(),
            &delivery.failed,
            &delivery.lease.as_ref().map(|lease| &lease.owner),
            &delivery.fence.cast_signed(),
            &delivery.reason,
            &delivery.created.micros(),
            &delivery.ended.map(Instant::micros),
        ];
        // The holder of a lease sends the next delivery without being woken.
        *self.noted |= delivery.lease.is_none();
        self.change(sql, values).map(drop)
    }

    fn first(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error> {
        let rest = "state = 0 AND watch = ?1 AND object = ?2 ORDER BY number LIMIT 1";
        self.one(rest, &[&watch, &object])
    }

    fn head(&self, watch: &str, object: &str) -> Result<Option<Delivery>, Error> {
        let rest = "state = 0 AND watch = ?1 AND object = ?2 AND head = 1";
        self.one(rest, &[&watch, &object])
    }

    fn due_watches(&self, now: Instant) -> Result<Vec<String>, Error> {
        watches::due(self.connection, now)
    }

    fn due(&self, watch: &str, now: Instant, most: usize) -> Result<Vec<Delivery>, Error> {
        let rest = "head = 1 AND watch = ?1 AND due <= ?2 ORDER BY due, number LIMIT ?3";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.deliveries(rest, &[&watch, &now.micros(), &most])
    }

    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error> {
        watches::next_due(self.connection, after)
    }

    fn backlog(&self) -> Result<Backlog, Error> {
        watches::backlog(self.connection)
    }

    fn leased(&self, watch: &str, now: Instant) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM deliveries
            WHERE owner IS NOT NULL AND watch = ?1 AND due > ?2";
        let query = self.connection.prepare_cached(sql);
        let found = query.and_then(|mut query| {
            query.query_row((watch, now.micros()), |row| row.get::<_, i64>(0))
        });
        let count = found.map_err(|why| Error::new("count what is on its way", why))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    fn open(&self, watch: &str) -> Result<Vec<Delivery>, Error> {
        self.deliveries("state = 0 AND watch = ?1 ORDER BY number", &[&watch])
    }

    fn select(&self, watch: &str, selection: &Selection) -> Result<Vec<Delivery>, Error> {
        match selection {
            Selection::One(id) => self.deliveries("watch = ?1 AND id = ?2", &[&watch, id]),
            Selection::Range(from, to) => {
                let rest = "watch = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number";
                let bound = |number: &u64| i64::try_from(*number).unwrap_or(i64::MAX);
                self.deliveries(rest, &[&watch, &bound(from), &bound(to)])
            }
            Selection::DeadSince(instant) => {
                let rest = "watch = ?1 AND state = 2 AND ended >= ?2 ORDER BY number";
                self.deliveries(rest, &[&watch, &instant.micros()])
            }
        }
    }

    fn held(&self, instant: Instant) -> Result<Vec<Delivery>, Error> {
        let rest = format!("state = 0 AND created < ?1 AND watch IN ({DISABLED}) ORDER BY id");
        self.deliveries(&rest, &[&instant.micros()])
    }

    fn forget_ended(&mut self, instant: Instant) -> Result<usize, Error> {
        let sql = "DELETE FROM deliveries WHERE state <> 0 AND ended < ?1";
        self.change(sql, &[&instant.micros()])
    }

    fn forget_watch(&mut self, watch: &str) -> Result<(), Error> {
        self.change("DELETE FROM deliveries WHERE watch = ?1", &[&watch])?;
        self.change("DELETE FROM health WHERE watch = ?1", &[&watch])?;
        self.change("DELETE FROM tally WHERE watch = ?1", &[&watch])?;
        Ok(())
    }
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let due = Instant::from_micros(row.get(6)?);
    let owner: Option<String> = row.get(8)?;
    Ok(Delivery {
        id: row.get(0)?,
        watch: row.get(1)?,
        object: row.get(2)?,
        number: row.get::<_, i64>(3)?.cast_unsigned(),
        state: match row.get(4)? {
            0 => DeliveryState::Open,
            1 => DeliveryState::Delivered,
            _ => DeliveryState::Dead,
        },
        head: row.get(5)?,
        due,
        failed: row.get(7)?,
        // For a leased delivery, `due` is the end of the lease.
        lease: owner.map(|owner| Lease { owner, until: due }),
        fence: row.get::<_, i64>(9)?.cast_unsigned(),
        reason: row.get(10)?,
        created: Instant::from_micros(row.get(11)?),
        ended: row.get::<_, Option<i64>>(12)?.map(Instant::from_micros),
    })
}

fn code(state: DeliveryState) -> i64 {
    match state {
        DeliveryState::Open => 0,
        DeliveryState::Delivered => 1,
        DeliveryState::Dead => 2,
    }
}
