//! A pool of connections for reads, each used by one caller at a time.

use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::{Client, Error};

use super::connection::Place;

/// A pool of connections, which are made when they are needed.
#[derive(Debug)]
pub(crate) struct Pool {
    place: Place,
    free: Mutex<Vec<Client>>,
    room: Semaphore,
}

/// A connection on loan. It goes back when it is dropped, unless it is in the middle of
/// something: then it is closed, which ends what it did.
pub(crate) struct Lent<'a> {
    pool: &'a Pool,
    client: Option<Client>,
    /// Whether it is in the middle of something.
    pub(super) busy: bool,
    _permit: Option<SemaphorePermit<'a>>,
}

impl Pool {
    /// A pool of at most `most` connections.
    pub(super) fn new(place: Place, most: usize) -> Self {
        Self {
            place,
            free: Mutex::default(),
            room: Semaphore::new(most),
        }
    }

    /// Takes a connection, waiting until one is free.
    ///
    /// # Errors
    /// A connection cannot be made.
    pub(super) async fn take(&self) -> Result<Lent<'_>, Error> {
        // The semaphore is never closed.
        let permit = self.room.acquire().await.ok();
        let known = loop {
            match self.free().pop() {
                Some(client) if client.is_closed() => {}
                other => break other,
            }
        };
        let client = match known {
            Some(client) => client,
            None => self.place.connect().await?,
        };
        Ok(Lent {
            pool: self,
            client: Some(client),
            busy: false,
            _permit: permit,
        })
    }

    fn free(&self) -> MutexGuard<'_, Vec<Client>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for Lent<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.client
            .as_ref()
            .expect("a connection until it is returned")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let client = self.client.take().filter(|client| !client.is_closed());
        if !self.busy {
            self.pool.free().extend(client);
        }
    }
}
