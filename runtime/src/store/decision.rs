//! Decisions: queued writes that a store carries out, and their results.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::oneshot;

use super::{Error, Store, Transaction};
use crate::problem::Problem;

/// The failures that a committed write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Durability {
    /// The end of the process. A power failure may undo the write, so it must be one that can
    /// be repeated; this saves a flush to disk.
    Relaxed,
    /// A power failure as well.
    Full,
}

/// A write in the queue of a store.
pub trait Decision: Send {
    /// Reads in a transaction what the write depends on, and changes what follows from it. Nothing
    /// else happens here, so a store can roll the transaction back and decide again.
    ///
    /// # Errors
    /// The write is refused, or the store fails; the transaction is rolled back.
    fn decide(&mut self, tx: &mut dyn Transaction) -> Result<(), Problem>;

    /// Tells whoever waits for the write how it ended: after the commit of the last decision, or
    /// with the reason why there was none.
    fn answer(self: Box<Self>, end: Result<(), Problem>);
}

/// A decision that waits for its turn.
pub struct Queued {
    /// The tenant whose turn it takes; an empty name is the deployment.
    pub tenant: Arc<str>,
    /// The failures that it has to survive.
    pub durability: Durability,
    /// The decision.
    pub decision: Box<dyn Decision>,
}

/// Whether a decision is first taken in vain, because that must not matter: in debug builds the
/// first one and some of the others.
pub(super) fn is_rehearsed() -> bool {
    // No divisor of how often a test repeats its requests.
    const EVERY: usize = 7;
    static DECIDED: AtomicUsize = AtomicUsize::new(0);
    cfg!(debug_assertions)
        && DECIDED
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(EVERY)
}

impl dyn Store + '_ {
    /// Commits the changes that `decide` makes on behalf of a tenant; its value is available
    /// after the commit.
    pub fn commit<T: Send + 'static>(
        &self,
        tenant: &str,
        durability: Durability,
        decide: impl Fn(&mut dyn Transaction) -> Result<T, Problem> + Send + 'static,
    ) -> Pending<T> {
        let (sender, receiver) = oneshot::channel();
        let decision = Deciding {
            decide,
            decided: None,
            sender,
        };
        self.submit(Queued {
            tenant: tenant.into(),
            durability,
            decision: Box::new(decision),
        });
        Pending(receiver)
    }
}

/// A function that decides, its last value, and who waits for it.
struct Deciding<F, T> {
    decide: F,
    decided: Option<T>,
    sender: oneshot::Sender<Result<T, Problem>>,
}

impl<F, T> Decision for Deciding<F, T>
where
    F: Fn(&mut dyn Transaction) -> Result<T, Problem> + Send,
    T: Send,
{
    fn decide(&mut self, tx: &mut dyn Transaction) -> Result<(), Problem> {
        self.decided = Some((self.decide)(tx)?);
        Ok(())
    }

    fn answer(self: Box<Self>, end: Result<(), Problem>) {
        let Self {
            decided, sender, ..
        } = *self;
        // A client that has gone away does not want its answer.
        let _ = sender.send(end.and_then(|()| decided.ok_or_else(Problem::internal)));
    }
}

/// The result of a write, available after the commit.
#[derive(Debug)]
pub struct Pending<T>(oneshot::Receiver<Result<T, Problem>>);

impl<T> Pending<T> {
    /// Waits for the commit.
    ///
    /// # Errors
    /// The error of the write, or a store that has stopped.
    pub async fn answer(self) -> Result<T, Problem> {
        self.0
            .await
            .unwrap_or_else(|_| Err(Error::stopped().into()))
    }

    /// Blocks until the commit, for use outside of asynchronous code.
    ///
    /// # Errors
    /// The error of the write, or a store that has stopped.
    pub fn wait(self) -> Result<T, Problem> {
        let answer = self.0.blocking_recv();
        answer.unwrap_or_else(|_| Err(Error::stopped().into()))
    }
}
