//! Lists: they can take long, so they run on threads and connections of their own, a tenant never
//! has all of these, and a list that nobody waits for any more is interrupted.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connections::Connections;
use super::statistics::Edition;
use crate::store::Error;

/// How many steps SQLite takes between two looks whether a query is still waited for: they take
/// well below a millisecond.
const STEPS: i32 = 1_000;

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
        let waited = Waited::default();
        let left = Arc::clone(&waited.0);
        let work = move || {
            let _turn = turn;
            let pool = connections.current();
            let mut connection = pool.take();
            if left.load(Ordering::Relaxed) {
                return Err(Error::stopped());
            }
            // An interrupt is no way to end it: one that comes before the first step is lost.
            stop_when(&mut connection, Some(move || left.load(Ordering::Relaxed)))?;
            let found = query(&connection);
            stop_when(&mut connection, None::<fn() -> bool>)?;
            found
        };
        let found = tokio::task::spawn_blocking(work).await;
        found.unwrap_or_else(|_| Err(Error::stopped()))
    }
}

/// What becomes true when nobody waits for a query any more.
#[derive(Default)]
struct Waited(Arc<AtomicBool>);

impl Drop for Waited {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Ends what runs on a connection as soon as `end` holds.
fn stop_when(
    connection: &mut Connection,
    end: Option<impl FnMut() -> bool + Send + 'static>,
) -> Result<(), Error> {
    let set = connection.progress_handler(STEPS, end);
    set.map_err(|why| Error::new("watch over a list", why))
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
    async fn a_query_that_is_left_before_its_first_step_ends_as_well() {
        let lists = Arc::new(lists(1));
        let (begin, begun) = tokio::sync::oneshot::channel();
        let (leave, left) = std::sync::mpsc::channel();
        let query = move |connection: &Connection| {
            begin.send(()).unwrap();
            left.recv().unwrap();
            endless(connection)
        };
        let own = Arc::clone(&lists);
        let waits = tokio::spawn(async move { own.run("a", query).await });
        begun.await.unwrap();
        waits.abort();
        assert!(waits.await.unwrap_err().is_cancelled());
        leave.send(()).unwrap();
        let next = timeout(Duration::from_secs(30), lists.run("a", one)).await;
        assert_eq!(next.expect("a turn").unwrap(), 1);
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
