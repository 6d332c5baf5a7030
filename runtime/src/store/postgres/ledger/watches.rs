//! Queries about the deliveries of all watches. Those of what is due do one index lookup per
//! watch, however many deliveries it has.

use tokio_postgres::{Client, Row};

use crate::store::Error;
use crate::store::postgres::statement::{Statement, values};
use crate::table::GLOBAL;
use crate::value::Instant;
use crate::watch::machine::Backlog;

/// Watches that are disabled.
pub(super) const DISABLED: &str =
    "SELECT watch FROM health WHERE tenant = $1 AND disabled IS NOT NULL";

/// The condition on deliveries that wait for a disabled watch.
pub(super) const HELD: &str = "state = 0 AND created < $2 AND watch IN (SELECT watch FROM health \
     WHERE tenant = $1 AND disabled IS NOT NULL) ORDER BY id FOR UPDATE";

/// Names of watches with a head delivery: each takes one index lookup, however many heads it
/// has.
const WATCHES: &str = "WITH RECURSIVE known(watch) AS (\
     SELECT min(watch) FROM deliveries WHERE tenant = $1 AND head = 1 \
     UNION ALL SELECT (SELECT min(watch) FROM deliveries WHERE tenant = $1 AND head = 1 \
     AND watch > known.watch) FROM known WHERE known.watch IS NOT NULL) ";

/// Enabled watches with a head delivery due at `now`, by name.
pub(super) fn due(now: Instant) -> Statement {
    let sql = format!(
        "{WATCHES}SELECT watch FROM known WHERE watch NOT IN ({DISABLED}) AND EXISTS (\
         SELECT 1 FROM deliveries WHERE tenant = $1 AND head = 1 AND watch = known.watch \
         AND due <= $2) ORDER BY watch"
    );
    Statement::new(sql, values([&GLOBAL, &now.micros()]))
}

/// The earliest time after `after` at which a head delivery of an enabled watch is due.
pub(super) fn next(after: Instant) -> Statement {
    let sql = format!(
        "{WATCHES}SELECT min((SELECT due FROM deliveries WHERE tenant = $1 AND head = 1 \
         AND watch = known.watch AND due > $2 ORDER BY due LIMIT 1)) \
         FROM known WHERE watch NOT IN ({DISABLED})"
    );
    Statement::new(sql, values([&GLOBAL, &after.micros()]))
}

/// The number of open deliveries of enabled and of disabled watches, and the oldest of the
/// first.
pub(super) fn open() -> Statement {
    let sql = format!(
        "WITH own AS (SELECT watch, count(*) AS open, min(created) AS oldest, \
         watch IN ({DISABLED}) AS off FROM deliveries WHERE tenant = $1 AND state = 0 \
         GROUP BY watch) SELECT \
         CAST(coalesce(sum(CASE WHEN off THEN 0 ELSE open END), 0) AS BIGINT), \
         CAST(coalesce(sum(CASE WHEN off THEN open ELSE 0 END), 0) AS BIGINT), \
         min(CASE WHEN off THEN NULL ELSE oldest END) FROM own"
    );
    Statement::new(sql, values([&GLOBAL]))
}

/// The answer of [`next`].
pub(super) fn instant(rows: &[Row]) -> Result<Option<Instant>, Error> {
    let micros = rows.first().map_or(Ok(None), |row| row.try_get(0));
    let micros: Option<i64> = micros.map_err(|why| Error::new("read what is due next", why))?;
    Ok(micros.map(Instant::from_micros))
}

/// The answer of [`open`].
pub(super) fn counted(rows: &[Row]) -> Result<Backlog, Error> {
    let Some(row) = rows.first() else {
        return Ok(Backlog::default());
    };
    let read = || -> Result<Backlog, tokio_postgres::Error> {
        Ok(Backlog {
            open: row.try_get::<_, i64>(0)?.unsigned_abs(),
            held: row.try_get::<_, i64>(1)?.unsigned_abs(),
            oldest: row.try_get::<_, Option<i64>>(2)?.map(Instant::from_micros),
        })
    };
    read().map_err(|why| Error::new("count what is to be sent", why))
}

/// The earliest time after `after` at which a head delivery of an enabled watch is due.
pub(in crate::store::postgres) async fn next_due(
    client: &Client,
    after: Instant,
) -> Result<Option<Instant>, Error> {
    let rows = next(after).run(client).await;
    instant(&rows.map_err(|why| Error::new("read what is due next", why))?)
}

/// The number of open deliveries.
pub(in crate::store::postgres) async fn backlog(client: &Client) -> Result<Backlog, Error> {
    let rows = open().run(client).await;
    counted(&rows.map_err(|why| Error::new("count what is to be sent", why))?)
}
