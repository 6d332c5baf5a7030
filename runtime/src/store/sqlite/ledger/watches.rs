//! Queries that do one index lookup per watch, however many deliveries it has.

use rusqlite::{Connection, Row};

use crate::store::Error;
use crate::value::Instant;
use crate::watch::machine::Backlog;

/// Watches that are disabled.
pub(super) const DISABLED: &str = "SELECT watch FROM health WHERE disabled IS NOT NULL";

/// Names of watches with a head delivery: each takes one index lookup, however many heads it
/// has.
const WATCHES: &str = "
    WITH RECURSIVE known(watch) AS (
        SELECT min(watch) FROM deliveries WHERE head = 1
        UNION ALL
        SELECT (SELECT min(watch) FROM deliveries WHERE head = 1 AND watch > known.watch)
        FROM known WHERE known.watch IS NOT NULL
    )
    ";

/// Enabled watches with a head delivery due at `now`, by name.
pub(super) fn due(connection: &Connection, now: Instant) -> Result<Vec<String>, Error> {
    let sql = format!(
        "{WATCHES} SELECT watch FROM known WHERE watch NOT IN ({DISABLED}) AND EXISTS (
                SELECT 1 FROM deliveries WHERE head = 1 AND watch = known.watch AND due <= ?1
            ) ORDER BY watch"
    );
    let query = connection.prepare_cached(&sql);
    let found =
        query.and_then(|mut query| query.query_map([now.micros()], |row| row.get(0))?.collect());
    found.map_err(|why| Error::new("read what is due", why))
}

/// The earliest time after `after` at which a head delivery of an enabled watch is due.
pub(in crate::store::sqlite) fn next_due(
    connection: &Connection,
    after: Instant,
) -> Result<Option<Instant>, Error> {
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

/// The number of open deliveries, from the tally.
pub(in crate::store::sqlite) fn backlog(connection: &Connection) -> Result<Backlog, Error> {
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
