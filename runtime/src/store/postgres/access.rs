//! Access to the database: what is asked runs on threads of its own, whether those who ask are
//! asynchronous or not.

use std::future::Future;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::AbortHandle;

use super::connection::Place;
use super::link::Link;
use super::pool::{Lent, Pool};
use crate::store::{Error, Read};

/// Threads and connections.
#[derive(Debug)]
pub(crate) struct Access {
    runtime: Option<Runtime>,
    pool: Arc<Pool>,
}

impl Access {
    /// Starts the threads; at most `most` connections are made when they are needed.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub(super) fn new(place: Place, most: usize) -> Result<Self, Error> {
        let threads = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("postgres")
            .enable_all()
            .build();
        Ok(Self {
            runtime: Some(threads.map_err(|why| Error::new("start threads", why))?),
            pool: Arc::new(Pool::new(place, most)),
        })
    }

    /// Waits for `work`, which runs on the threads; so whoever waits may be on a thread of
    /// another runtime.
    ///
    /// # Errors
    /// Those of the work, or it ended without a result.
    pub(crate) fn ask<T: Send + 'static, W>(
        &self,
        work: impl FnOnce(Arc<Pool>) -> W,
    ) -> Result<T, Error>
    where
        W: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let (sender, receiver) = sync_channel(1);
        let work = work(Arc::clone(&self.pool));
        let runtime = self.runtime.as_ref().ok_or_else(Error::stopped)?;
        runtime.spawn(async move { sender.send(work.await) });
        receiver.recv().unwrap_or_else(|_| Err(Error::stopped()))
    }

    /// Does `work` on a thread of its own, where it may wait for the database at any point, with
    /// a connection of the pool.
    ///
    /// # Errors
    /// Those of the work, the database cannot be reached, or the work ended without a result.
    pub(super) fn work<T: Send>(
        &self,
        work: impl FnOnce(&Link<'_>) -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        let runtime = self.threads()?;
        let work = || {
            let client = runtime.block_on(lent(&self.pool))?;
            work(&Link {
                client: &client,
                runtime: &runtime,
            })
        };
        let done = std::thread::scope(|scope| scope.spawn(work).join());
        done.unwrap_or_else(|_| Err(Error::stopped()))
    }

    /// The same for asynchronous code, on whichever runtime; dropping the future ends the work.
    pub(crate) fn read<T: Send + 'static, W>(
        &self,
        work: impl FnOnce(Arc<Pool>) -> W,
    ) -> Read<'_, T>
    where
        W: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let work = work(Arc::clone(&self.pool));
        Box::pin(async move {
            let task = self.threads()?.spawn(work);
            let _abort = Abort(task.abort_handle());
            task.await.unwrap_or_else(|_| Err(Error::stopped()))
        })
    }

    /// The threads.
    ///
    /// # Errors
    /// They have stopped.
    pub(super) fn threads(&self) -> Result<Handle, Error> {
        let runtime = self.runtime.as_ref().ok_or_else(Error::stopped)?;
        Ok(runtime.handle().clone())
    }
}

/// Ends a task when it is dropped.
struct Abort(AbortHandle);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Access {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting for it is not allowed on the threads of another one.
            runtime.shutdown_background();
        }
    }
}

/// A connection of the pool.
///
/// # Errors
/// The database cannot be reached.
pub(crate) async fn lent(pool: &Pool) -> Result<Lent<'_>, Error> {
    let client = pool.take().await;
    client.map_err(|why| Error::new("reach the database", why))
}
