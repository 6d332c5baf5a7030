//! What the database knows of its values, by which it chooses between indexes: without it, a
//! filter that few objects pass goes through all objects of the tenant in the order of the list.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// How many entries of each index are looked at.
const SAMPLE: u32 = 400;

/// How many writes make it worth looking again.
const WRITES: usize = 1_000;

/// The least time between two looks, which other writes wait for.
const PERIOD: Duration = Duration::from_secs(10);

/// How often statistics were gathered. Connections know those from when they were opened.
#[derive(Debug, Default)]
pub(super) struct Edition(AtomicU64);

impl Edition {
    pub(super) fn current(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}

/// Gathers statistics beside writes.
pub(super) struct Gatherer<'e> {
    edition: &'e Edition,
    writes: usize,
    last: Instant,
}

impl<'e> Gatherer<'e> {
    /// Gathers those of the data that are there.
    pub(super) fn new(connection: &Connection, edition: &'e Edition) -> Self {
        let mut own = Self {
            edition,
            writes: 0,
            last: Instant::now(),
        };
        own.gather(connection);
        own
    }

    /// Gathers them again after many writes.
    pub(super) fn after(&mut self, connection: &Connection, writes: usize) {
        self.writes += writes;
        if self.writes >= WRITES && self.last.elapsed() >= PERIOD {
            self.gather(connection);
        }
    }

    fn gather(&mut self, connection: &Connection) {
        (self.writes, self.last) = (0, Instant::now());
        let limit = connection.pragma_update(None, "analysis_limit", SAMPLE);
        match limit.and_then(|()| connection.execute_batch("ANALYZE")) {
            Ok(()) => drop(self.edition.0.fetch_add(1, Ordering::Release)),
            // Queries are right without them, and the next look may succeed.
            Err(error) => tracing::debug!(%error, "no statistics were gathered"),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{Edition, Gatherer};

    #[test]
    fn a_filter_that_few_objects_pass_is_found_by_its_index() {
        let connection = Connection::open_in_memory().unwrap();
        let things = "CREATE TABLE things(tenant TEXT, id TEXT, created INTEGER, c_code TEXT,
                PRIMARY KEY(tenant, id)) STRICT;
            CREATE INDEX things_created ON things(tenant, created, id);
            CREATE INDEX things_code ON things(tenant, c_code) WHERE (c_code IS NOT NULL);
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000)
                INSERT INTO things SELECT 't', x, x, iif(x % 9 = 0, x, NULL) FROM n;";
        connection.execute_batch(things).unwrap();
        let uses = |index: &str| {
            let sql = "EXPLAIN QUERY PLAN SELECT id FROM things WHERE tenant = ?1 AND c_code = ?2
                ORDER BY created, id LIMIT 50";
            let mut query = connection.prepare(sql).unwrap();
            let plan = query.query_row(["t", "7"], |row| row.get::<_, String>(3));
            plan.unwrap().contains(index)
        };
        assert!(uses("things_created"));
        let edition = Edition::default();
        let mut gatherer = Gatherer::new(&connection, &edition);
        assert!(uses("things_code"));
        assert_eq!(edition.current(), 1);
        // Not with every write.
        gatherer.after(&connection, 10);
        assert_eq!(edition.current(), 1);
    }
}
