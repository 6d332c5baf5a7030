//! Queued writes.

use tokio::sync::oneshot;

use super::{Error, Transaction};
use crate::problem::Problem;

/// A write that runs inside a transaction, which is rolled back if it fails.
pub type Job = Box<dyn FnOnce(&mut dyn Transaction) -> Result<Written, Problem> + Send>;

/// The failures that a committed write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Durability {
    /// The end of the process. A power failure may undo the write, so it must be one that can
    /// be repeated; this saves a flush to disk.
    Relaxed,
    /// A power failure as well.
    Full,
}

/// The result of a write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Identifiers from the outermost parent down to the object.
    pub ids: Vec<String>,
    /// The object as JSON text after the write; empty after a delete.
    pub body: String,
    /// The version of the object.
    pub version: u64,
    /// JSON Pointers of the members of the request that were ignored.
    pub ignored: Vec<String>,
}

/// The result of a write, available after the commit.
#[derive(Debug)]
pub struct Pending(oneshot::Receiver<Result<Written, Problem>>);

impl Pending {
    /// Creates a pending result and the sender for it.
    #[must_use]
    pub fn new() -> (oneshot::Sender<Result<Written, Problem>>, Self) {
        let (sender, receiver) = oneshot::channel();
        (sender, Self(receiver))
    }

    /// Waits for the commit.
    ///
    /// # Errors
    /// The error of the write, or a store that has stopped.
    pub async fn answer(self) -> Result<Written, Problem> {
        self.0
            .await
            .unwrap_or_else(|_| Err(Error::stopped().into()))
    }

    /// Blocks until the commit, for use outside of asynchronous code.
    ///
    /// # Errors
    /// The error of the write, or a store that has stopped.
    pub fn wait(self) -> Result<Written, Problem> {
        let answer = self.0.blocking_recv();
        answer.unwrap_or_else(|_| Err(Error::stopped().into()))
    }
}
