//! The poll loop. It checks for due deliveries after a commit of this process that enqueues
//! some, when the next one is due, and at intervals for those that other processes enqueued or
//! left behind. A check only reads; a transaction starts when there is something to claim.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::oneshot::Receiver;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::time::timeout;

use super::{MOST, Worker, owner};
use crate::store::Durability;
use crate::table::GLOBAL;
use crate::value::Instant;
use crate::watch::machine::{Claim, Claims, prune};

/// Maximum pause between two checks.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// Time between two deletions of ended deliveries, in microseconds.
const PRUNE: i64 = 60_000_000;

impl Worker {
    /// Works until the sender of `ended` is dropped. Running attempts then have the time
    /// `drain` to finish, and the remaining claims are released.
    pub(crate) async fn run(self, mut ended: Receiver<()>, drain: Duration) {
        let worker = Arc::new(self);
        let expiry = tokio::spawn(Arc::clone(&worker).expire());
        let mut claims = Claims::new(owner());
        let mut pruned = Instant::from_micros(0);
        let mut noted = false;
        while ended.try_recv() == Err(TryRecvError::Empty) {
            let now = worker.now();
            if now.micros() - pruned.micros() > PRUNE {
                pruned = now;
                worker.prune(now).await;
            }
            // A delivery just enqueued is due, whatever the wall clock says.
            let taken = match worker.next_due(Instant::from_micros(0)).await {
                Some(due) if noted || due <= now => worker.claim(&mut claims).await,
                _ => Vec::new(),
            };
            noted = false;
            let idle = taken.is_empty();
            for claim in taken {
                worker.start(claim).await;
            }
            if idle {
                let pause = worker.pause(now).await;
                tokio::select! {
                    _ = &mut ended => break,
                    woken = timeout(pause, worker.store.wake().notified()) => noted = woken.is_ok(),
                }
            }
        }
        expiry.abort();
        worker.end(drain).await;
    }

    /// Starts an attempt in its own task.
    async fn start(self: &Arc<Self>, claim: Claim) {
        match Arc::clone(&self.room).acquire_owned().await {
            Ok(permit) => drop(tokio::spawn(Arc::clone(self).deliver(claim, permit))),
            Err(_) => self.release(claim).await,
        }
    }

    /// The current time, or that of the store if the wall clock was set back.
    pub(super) fn now(&self) -> Instant {
        let ahead = self.ahead.load(Ordering::Relaxed);
        Instant::from_micros(Instant::now().micros() + ahead)
    }

    /// The time until the next delivery is due, unless one is enqueued.
    async fn pause(&self, now: Instant) -> Duration {
        let Some(due) = self.next_due(now).await else {
            return self.longest;
        };
        let wait = u64::try_from(due.micros() - now.micros()).unwrap_or(0);
        self.longest.min(Duration::from_micros(wait))
    }

    async fn next_due(&self, after: Instant) -> Option<Instant> {
        let due = self.store.next_due(after).await;
        due.unwrap_or_else(|error| {
            tracing::warn!(%error, "due deliveries could not be looked up");
            None
        })
    }

    /// Deletes ended deliveries after their retention period.
    async fn prune(&self, now: Instant) {
        let policy = self.policy.clone();
        let done = self.store.commit(GLOBAL, Durability::Relaxed, move |tx| {
            Ok(prune(tx.ledger(), &policy, now)?)
        });
        if let Err(problem) = done.answer().await {
            tracing::warn!(
                error = problem.detail,
                "old deliveries could not be deleted"
            );
        }
    }

    /// Claims due deliveries, as many as there are free permits.
    async fn claim(&self, claims: &mut Claims) -> Vec<Claim> {
        let room = self.room.available_permits();
        let (before, policy) = (claims.clone(), self.policy.clone());
        let done = self.store.commit(GLOBAL, Durability::Relaxed, move |tx| {
            let (mut own, now) = (before.clone(), tx.now());
            let found = own.claim(tx.ledger(), &policy, now, room)?;
            Ok((own, found, now))
        });
        match done.answer().await {
            Ok((own, found, now)) => {
                *claims = own;
                let ahead = now.micros() - Instant::now().micros();
                self.ahead.store(ahead.max(0), Ordering::Relaxed);
                found
            }
            Err(problem) => {
                let error = problem.detail;
                tracing::warn!(error, "due deliveries could not be claimed");
                Vec::new()
            }
        }
    }

    /// Gives running attempts the time `drain` to finish; the others are cut off and released.
    async fn end(&self, drain: Duration) {
        if timeout(drain, self.room.acquire_many(MOST)).await.is_err() {
            self.cut.send_replace(true);
            let _ = self.room.acquire_many(MOST).await;
        }
    }
}
