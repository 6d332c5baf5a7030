//! Deliveries and the health of watches, in two tables beside the objects.

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row};

use super::transaction::Write;
use crate::store::Error;
use crate::value::Instant;
use crate::watch::machine::{Backlog, Delivery, Disabled, Health, Lease, Ledger, Selection, State};

/// The tables, with an index for each question, and a tally of what is open:
/// whoever measures counts no rows.
pub(super) const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS deliveries(
        id TEXT PRIMARY KEY,
        watch TEXT NOT NULL,
        object TEXT NOT NULL,
        number INTEGER NOT NULL,
        state INTEGER NOT NULL,
        head INTEGER NOT NULL,
        due INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        owner TEXT,
        fence INTEGER NOT NULL,
        reason TEXT,
        created INTEGER NOT NULL,
        ended INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS deliveries_line ON deliveries(watch, object, number) WHERE state = 0;
    CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries(watch, due, number) WHERE head = 1;
    CREATE INDEX IF NOT EXISTS deliveries_leased ON deliveries(watch, due) WHERE owner IS NOT NULL;
    CREATE INDEX IF NOT EXISTS deliveries_ended ON deliveries(ended) WHERE state <> 0;
    CREATE INDEX IF NOT EXISTS deliveries_number ON deliveries(watch, number);
    CREATE INDEX IF NOT EXISTS deliveries_age ON deliveries(watch, created) WHERE state = 0;
    CREATE TABLE IF NOT EXISTS health(
        watch TEXT PRIMARY KEY,
        failing INTEGER,
        disabled INTEGER,
        reason TEXT
    ) STRICT;
    CREATE TABLE IF NOT EXISTS tally(
        watch TEXT PRIMARY KEY,
        open INTEGER NOT NULL
    ) STRICT;
    INSERT INTO tally SELECT watch, count(*) FROM deliveries
        WHERE state = 0 AND NOT EXISTS (SELECT 1 FROM tally) GROUP BY watch;
    CREATE TRIGGER IF NOT EXISTS tally_new AFTER INSERT ON deliveries WHEN NEW.state = 0 BEGIN
        INSERT INTO tally VALUES(NEW.watch, 1) ON CONFLICT DO UPDATE SET open = open + 1;
    END;
    CREATE TRIGGER IF NOT EXISTS tally_more AFTER UPDATE OF state ON deliveries
    WHEN OLD.state <> 0 AND NEW.state = 0 BEGIN
        UPDATE tally SET open = open + 1 WHERE watch = NEW.watch;
    END;
    CREATE TRIGGER IF NOT EXISTS tally_less AFTER UPDATE OF state ON deliveries
    WHEN OLD.state = 0 AND NEW.state <> 0 BEGIN
        UPDATE tally SET open = open - 1 WHERE watch = NEW.watch;
    END;
    CREATE TRIGGER IF NOT EXISTS tally_gone AFTER DELETE ON deliveries WHEN OLD.state = 0 BEGIN
        UPDATE tally SET open = open - 1 WHERE watch = OLD.watch;
    END;
";

/// What a delivery is read from, in the order of [`delivery`].
const COLUMNS: &str =
    "id, watch, object, number, state, head, due, failed, owner, fence, reason, created, ended";

/// Watches that are not served.
const DISABLED: &str = "SELECT watch FROM health WHERE disabled IS NOT NULL";

/// Names of watches with a head: each is found by one look into the index,
/// however many heads it has.
const WATCHES: &str = "
    WITH RECURSIVE known(watch) AS (
        SELECT min(watch) FROM deliveries WHERE head = 1
        UNION ALL
        SELECT (SELECT min(watch) FROM deliveries WHERE head = 1 AND watch > known.watch)
        FROM known WHERE known.watch IS NOT NULL
    )
    ";

impl Write<'_> {
    /// The deliveries that the rest of a statement selects.
    fn deliveries(&self, rest: &str, values: &[&dyn ToSql]) -> Result<Vec<Delivery>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE {rest}");
        let query = self.connection.prepare_cached(&sql);
        let found = query.and_then(|mut query| query.query_map(values, delivery)?.collect());
        found.map_err(|why| Error::new("read deliveries", why))
    }

    fn one(&self, rest: &str, values: &[&dyn ToSql]) -> Result<Option<Delivery>, Error> {
        Ok(self.deliveries(rest, values)?.into_iter().next())
    }

    /// Does what a statement says, and says to how many rows.
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
        // Who holds it tells of it himself, with what follows from his attempt.
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
        let sql = format!(
            "{WATCHES} SELECT watch FROM known WHERE watch NOT IN ({DISABLED}) AND EXISTS (
                SELECT 1 FROM deliveries WHERE head = 1 AND watch = known.watch AND due <= ?1
            ) ORDER BY watch"
        );
        let query = self.connection.prepare_cached(&sql);
        let found = query
            .and_then(|mut query| query.query_map([now.micros()], |row| row.get(0))?.collect());
        found.map_err(|why| Error::new("read what is due", why))
    }

    fn due(&self, watch: &str, now: Instant, most: usize) -> Result<Vec<Delivery>, Error> {
        let rest = "head = 1 AND watch = ?1 AND due <= ?2 ORDER BY due, number LIMIT ?3";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.deliveries(rest, &[&watch, &now.micros(), &most])
    }

    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error> {
        next_due(self.connection, after)
    }

    fn backlog(&self) -> Result<Backlog, Error> {
        backlog(self.connection)
    }

    fn leased(&self, watch: &str, now: Instant) -> Result<usize, Error> {
        let rest = "owner IS NOT NULL AND watch = ?1 AND due > ?2";
        Ok(self.deliveries(rest, &[&watch, &now.micros()])?.len())
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
            Selection::DeadSince(moment) => {
                let rest = "watch = ?1 AND state = 2 AND ended >= ?2 ORDER BY number";
                self.deliveries(rest, &[&watch, &moment.micros()])
            }
        }
    }

    fn held(&self, moment: Instant) -> Result<Vec<Delivery>, Error> {
        let rest = format!("state = 0 AND created < ?1 AND watch IN ({DISABLED}) ORDER BY id");
        self.deliveries(&rest, &[&moment.micros()])
    }

    fn forget_ended(&mut self, moment: Instant) -> Result<usize, Error> {
        let sql = "DELETE FROM deliveries WHERE state <> 0 AND ended < ?1";
        self.change(sql, &[&moment.micros()])
    }

    fn forget_watch(&mut self, watch: &str) -> Result<(), Error> {
        self.change("DELETE FROM deliveries WHERE watch = ?1", &[&watch])?;
        self.change("DELETE FROM health WHERE watch = ?1", &[&watch])?;
        self.change("DELETE FROM tally WHERE watch = ?1", &[&watch])?;
        Ok(())
    }
}

/// When, later than `after`, the next head of a watch that is served is due.
pub(super) fn next_due(connection: &Connection, after: Instant) -> Result<Option<Instant>, Error> {
    let sql = format!(
        "{WATCHES} SELECT min((
            SELECT due FROM deliveries WHERE head = 1 AND watch = known.watch AND due > ?1
            ORDER BY due LIMIT 1
        )) FROM known WHERE watch NOT IN ({DISABLED})"
    );
    let query = connection.prepare_cached(&sql);
    let found = query.and_then(|mut query| query.query_row([after.micros()], |row| row.get(0)));
    let micros: Option<i64> = found.map_err(|why| Error::new("read what is due next", why))?;
    Ok(micros.map(Instant::from_micros))
}

/// How much is to be sent, from what is tallied.
pub(super) fn backlog(connection: &Connection) -> Result<Backlog, Error> {
    let sql = format!(
        "WITH own AS (SELECT watch, open, watch IN ({DISABLED}) AS off FROM tally WHERE open > 0)
        SELECT coalesce(sum(open) FILTER (WHERE NOT off), 0), coalesce(sum(open) FILTER (WHERE off), 0),
            min((SELECT created FROM deliveries WHERE state = 0 AND watch = own.watch
                ORDER BY created LIMIT 1)) FILTER (WHERE NOT off)
        FROM own"
    );
    let read = |row: &Row<'_>| {
        Ok(Backlog {
            open: row.get::<_, i64>(0)?.unsigned_abs(),
            held: row.get::<_, i64>(1)?.unsigned_abs(),
            oldest: row.get::<_, Option<i64>>(2)?.map(Instant::from_micros),
        })
    };
    let query = connection.prepare_cached(&sql);
    let found = query.and_then(|mut query| query.query_row([], read));
    found.map_err(|why| Error::new("count what is to be sent", why))
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
            0 => State::Open,
            1 => State::Delivered,
            _ => State::Dead,
        },
        head: row.get(5)?,
        due,
        failed: row.get(7)?,
        // While somebody holds it, it is due when his lease ends.
        lease: owner.map(|owner| Lease { owner, until: due }),
        fence: row.get::<_, i64>(9)?.cast_unsigned(),
        reason: row.get(10)?,
        created: Instant::from_micros(row.get(11)?),
        ended: row.get::<_, Option<i64>>(12)?.map(Instant::from_micros),
    })
}

fn code(state: State) -> i64 {
    match state {
        State::Open => 0,
        State::Delivered => 1,
        State::Dead => 2,
    }
}
