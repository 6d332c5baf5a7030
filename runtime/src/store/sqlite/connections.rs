//! Connections for lists, made anew when the database knows more of its values.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::Pool;
use super::statistics::Edition;
use crate::store::Error;

/// Makes a connection.
pub(super) type Connect = Box<dyn Fn() -> Result<Connection, Error> + Send + Sync>;

/// Connections that know the statistics of one edition.
pub(super) struct Connections {
    connect: Connect,
    count: usize,
    /// The latest edition.
    edition: Arc<Edition>,
    pool: Mutex<(u64, Arc<Pool>)>,
}

impl Connections {
    /// So many connections, made by `connect`.
    ///
    /// # Errors
    /// One cannot be made.
    pub(super) fn new(
        count: usize,
        edition: Arc<Edition>,
        connect: Connect,
    ) -> Result<Self, Error> {
        let pool = Mutex::new((edition.current(), opened(count, &connect)?));
        Ok(Self {
            connect,
            count,
            edition,
            pool,
        })
    }

    /// Those of the latest edition; earlier ones are closed when their queries have ended.
    pub(super) fn current(&self) -> Arc<Pool> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let edition = self.edition.current();
        if pool.0 != edition {
            match opened(self.count, &self.connect) {
                Ok(new) => pool.1 = new,
                Err(error) => tracing::warn!(%error, "lists go on with earlier statistics"),
            }
            // Also where none could be made: not every list has to try that.
            pool.0 = edition;
        }
        Arc::clone(&pool.1)
    }
}

fn opened(count: usize, connect: &Connect) -> Result<Arc<Pool>, Error> {
    let connections = (0..count).map(|_| connect());
    Ok(Arc::new(Pool::new(connections.collect::<Result<_, _>>()?)))
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rusqlite::Connection;

    use super::super::statistics::{Edition, Gatherer};
    use super::Connections;

    #[test]
    fn connections_are_made_anew_when_more_is_known() {
        let (edition, made) = (Arc::<Edition>::default(), Arc::<AtomicUsize>::default());
        let count = Arc::clone(&made);
        let connect = move || {
            count.fetch_add(1, Ordering::SeqCst);
            Ok(Connection::open_in_memory().unwrap())
        };
        let connections = Connections::new(3, Arc::clone(&edition), Box::new(connect)).unwrap();
        drop(connections.current());
        assert_eq!(made.load(Ordering::SeqCst), 3);
        Gatherer::new(&Connection::open_in_memory().unwrap(), &edition);
        drop(connections.current());
        drop(connections.current());
        assert_eq!(made.load(Ordering::SeqCst), 6);
    }
}
