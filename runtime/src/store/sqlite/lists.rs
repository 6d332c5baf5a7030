//! Lists: they can take long, so they run on threads and connections of their own, a tenant never
//! has all of these, and a list that nobody waits for any more is interrupted.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, InterruptHandle};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connections::Connections;
use super::statistics::Edition;
use crate::store::Error;

/// Runs queries that may take long.
#[derive(Debug)]
pub(super) struct Lists {
    connections: Arc<Connections>,
    turns: Turns,
}

impl Lists {
    /// Runs `count` queries at a time, on connections that `connect` makes.
    ///
    /// # Errors
    /// It makes none.
    pub(super) fn new(
        count: usize,
        edition: Arc<Edition>,
        connect: impl Fn() -> Result<Connection, Error> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        Ok(Self {
            turns: Turns::new(count),
            connections: Arc::new(Connections::new(count, edition, Box::new(connect))?),
        })
    }

    /// Runs a query for a tenant, in turn with others; it is interrupted if the future is dropped.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        tenant: &str,
        query: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self.turns.take(tenant).await;
        let connections = Arc::clone(&self.connections);
        let running = Running::default();
        let own = Arc::clone(&running.0);
        let work = move || {
            let _turn = turn;
            let pool = connections.current();
            let connection = pool.take();
            if !begin(&own, &connection) {
                return Err(Error::stopped());
            }
            let found = query(&connection);
            // From here on the connection is no longer that of this query.
            *lock(&own) = Progress::Over;
            found
        };
        let found = tokio::task::spawn_blocking(work).await;
        found.unwrap_or_else(|_| Err(Error::stopped()))
    }
}

/// How far a query is.
#[derive(Default)]
enum Progress {
    #[default]
    Waits,
    Runs(InterruptHandle),
    Over,
}

/// A query that is waited for; dropping this interrupts it.
#[derive(Default)]
struct Running(Arc<Mutex<Progress>>);

fn lock(progress: &Mutex<Progress>) -> MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that a query begins; `false` if nobody waits for it.
fn begin(progress: &Mutex<Progress>, connection: &Connection) -> bool {
    let mut progress = lock(progress);
    let waits = matches!(*progress, Progress::Waits);
    if waits {
        *progress = Progress::Runs(connection.get_interrupt_handle());
    }
    waits
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut progress = lock(&self.0);
        // While this is locked, the query cannot end and the connection run another one.
        if let Progress::Runs(handle) = mem::replace(&mut *progress, Progress::Over) {
            handle.interrupt();
        }
    }
}

/// Who may run a query: in turn, and no tenant all at the same time.
#[derive(Debug)]
struct Turns {
    all: Arc<Semaphore>,
    /// What each tenant with queries has left.
    tenants: Mutex<HashMap<String, Arc<Semaphore>>>,
    /// The most that a tenant has.
    most: usize,
}

impl Turns {
    fn new(all: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(all)),
            tenants: Mutex::default(),
            most: (all * 3 / 4).max(1),
        }
    }

    /// Waits for a turn of the tenant.
    async fn take(&self, tenant: &str) -> Option<(OwnedSemaphorePermit, OwnedSemaphorePermit)> {
        let own = self.of(tenant).acquire_owned().await.ok()?;
        let all = Arc::clone(&self.all).acquire_owned().await.ok()?;
        Some((own, all))
    }

    fn of(&self, tenant: &str) -> Arc<Semaphore> {
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = tenants.get(tenant) {
            return Arc::clone(own);
        }
        // Those without queries are forgotten.
        tenants.retain(|_, own| Arc::strong_count(own) > 1);
        let own = Arc::new(Semaphore::new(self.most));
        tenants.insert(tenant.to_owned(), Arc::clone(&own));
        own
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use rusqlite::Connection;
    use tokio::time::timeout;

    use super::Lists;
    use crate::store::Error;

    /// A query that takes for ever.
    fn endless(connection: &Connection) -> Result<i64, Error> {
        let sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
        let counted = connection.query_row(sql, [], |row| row.get(0));
        counted.map_err(|why| Error::new("count", why))
    }

    fn one(connection: &Connection) -> Result<i64, Error> {
        let one = connection.query_row("SELECT 1", [], |row| row.get(0));
        one.map_err(|why| Error::new("read", why))
    }

    fn lists(connections: usize) -> Lists {
        let open = || Ok(Connection::open_in_memory().unwrap());
        Lists::new(connections, Arc::default(), open).unwrap()
    }

    #[tokio::test]
    async fn a_query_that_nobody_waits_for_is_interrupted() {
        let lists = lists(1);
        let start = Instant::now();
        for _ in 0..3 {
            let given_up = timeout(Duration::from_millis(50), lists.run("a", endless)).await;
            assert!(given_up.is_err());
            assert_eq!(lists.run("a", one).await.unwrap(), 1, "the next one is not");
        }
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[tokio::test]
    async fn a_tenant_leaves_room_for_others() {
        let lists = lists(4);
        let greedy = async {
            tokio::join!(
                lists.run("a", endless),
                lists.run("a", endless),
                lists.run("a", endless),
                lists.run("a", endless)
            )
        };
        let other = async {
            tokio::task::yield_now().await;
            let own = timeout(Duration::from_secs(30), lists.run("b", one)).await;
            own.expect("a turn").unwrap()
        };
        tokio::select! {
            _ = greedy => panic!("an endless query ended"),
            found = other => assert_eq!(found, 1),
        }
    }
}
