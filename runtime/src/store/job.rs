//! Writes that wait for their turn.

use tokio::sync::oneshot;

use super::{Error, Transaction};
use crate::problem::Problem;

/// A write: runs inside a transaction, which is undone when it refuses.
pub type Job = Box<dyn FnOnce(&mut dyn Transaction) -> Result<Written, Problem> + Send>;

/// What a committed write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Durability {
    /// The end of the process. A loss of power may undo the write, so it has to be
    /// one that is made again; it saves a flush to the disk.
    Relaxed,
    /// A loss of power as well.
    Full,
}

/// The result of a write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Identifiers from the outermost parent down to the object.
    pub ids: Vec<String>,
    /// The object's text after the write; empty when it is gone.
    pub body: String,
    /// Its version.
    pub version: u64,
}

/// The answer to a write, after the commit.
#[derive(Debug)]
pub struct Pending(oneshot::Receiver<Result<Written, Problem>>);

impl Pending {
    /// A pending answer and the way to give it.
    #[must_use]
    pub fn new() -> (oneshot::Sender<Result<Written, Problem>>, Self) {
        let (sender, receiver) = oneshot::channel();
        (sender, Self(receiver))
    }

    /// Waits for the commit.
    ///
    /// # Errors
    /// What the write refused, or a store that stopped.
    pub async fn answer(self) -> Result<Written, Problem> {
        self.0
            .await
            .unwrap_or_else(|_| Err(Error::stopped().into()))
    }

    /// Waits for the commit outside of asynchronous code.
    ///
    /// # Errors
    /// What the write refused, or a store that stopped.
    pub fn wait(self) -> Result<Written, Problem> {
        let answer = self.0.blocking_recv();
        answer.unwrap_or_else(|_| Err(Error::stopped().into()))
    }
}
