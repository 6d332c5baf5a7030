//! When is looked for what is due: after a commit of this process that notes
//! something, at the instant when something is due, and now and then, for what
//! other processes noted or left behind. Who looks only reads; there is a
//! transaction when there is something to take.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::oneshot::Receiver;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::time::timeout;

use super::{MOST, Worker, owner};
use crate::store::{Durability, Written};
use crate::value::Instant;
use crate::watch::machine::{Claim, Claims, prune};

/// Longest time until is looked again.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// How often is looked for what is kept long enough, in microseconds.
const PRUNE: i64 = 60_000_000;

impl Worker {
    /// Works until the sender of `ended` is dropped; then attempts on their way
    /// have the time `drain`, and what remains is given back.
    pub(crate) async fn run(self, mut ended: Receiver<()>, drain: Duration) {
        let worker = Arc::new(self);
        let mut claims = Claims::new(owner());
        let mut pruned = Instant::from_micros(0);
        let mut noted = false;
        while ended.try_recv() == Err(TryRecvError::Empty) {
            let now = worker.now();
            if now.micros() - pruned.micros() > PRUNE {
                pruned = now;
                worker.delete_expired(now);
                worker.prune(now).await;
            }
            // What was just noted is due, whatever the wall clock says.
            let taken = match worker.next_due(Instant::from_micros(0)) {
                Some(due) if noted || due <= now => worker.claim(&mut claims).await,
                _ => Vec::new(),
            };
            noted = false;
            let idle = taken.is_empty();
            for claim in taken {
                worker.start(claim).await;
            }
            if idle {
                let pause = worker.pause(now);
                tokio::select! {
                    _ = &mut ended => break,
                    woken = timeout(pause, worker.store.wake().notified()) => noted = woken.is_ok(),
                }
            }
        }
        worker.end(drain).await;
    }

    /// Makes an attempt beside what else is done.
    async fn start(self: &Arc<Self>, claim: Claim) {
        match Arc::clone(&self.room).acquire_owned().await {
            Ok(permit) => drop(tokio::spawn(Arc::clone(self).deliver(claim, permit))),
            Err(_) => self.release(claim).await,
        }
    }

    /// The instant, as the store has it where the wall clock was put back.
    fn now(&self) -> Instant {
        let ahead = self.ahead.load(Ordering::Relaxed);
        Instant::from_micros(Instant::now().micros() + ahead)
    }

    /// How long nothing is to be done, unless something is noted.
    fn pause(&self, now: Instant) -> Duration {
        let Some(due) = self.next_due(now) else {
            return self.longest;
        };
        let wait = u64::try_from(due.micros() - now.micros()).unwrap_or(0);
        self.longest.min(Duration::from_micros(wait))
    }

    fn next_due(&self, after: Instant) -> Option<Instant> {
        let due = self.store.next_due(after);
        due.unwrap_or_else(|error| {
            tracing::warn!(%error, "due deliveries could not be looked up");
            None
        })
    }

    /// Forgets deliveries that are kept long enough.
    async fn prune(&self, now: Instant) {
        let policy = self.policy.clone();
        let done = self.store.write_with(
            Durability::Relaxed,
            Box::new(move |tx| {
                prune(tx.ledger(), &policy, now)?;
                Ok(Written::default())
            }),
        );
        if let Err(problem) = done.answer().await {
            tracing::warn!(
                error = problem.detail,
                "old deliveries could not be deleted"
            );
        }
    }

    /// Takes what is due, as much as there is room for.
    async fn claim(&self, claims: &mut Claims) -> Vec<Claim> {
        let room = self.room.available_permits();
        let (mut own, policy) = (claims.clone(), self.policy.clone());
        let (sender, taken) = tokio::sync::oneshot::channel();
        let done = self.store.write_with(
            Durability::Relaxed,
            Box::new(move |tx| {
                let now = tx.now();
                let found = own.claim(tx.ledger(), &policy, now, room)?;
                let _ = sender.send((own, found, now));
                Ok(Written::default())
            }),
        );
        match (done.answer().await, taken.await) {
            (Ok(_), Ok((own, found, now))) => {
                *claims = own;
                let ahead = now.micros() - Instant::now().micros();
                self.ahead.store(ahead.max(0), Ordering::Relaxed);
                found
            }
            (failed, _) => {
                let error = failed.err().map(|problem| problem.detail);
                tracing::warn!(error, "due deliveries could not be claimed");
                Vec::new()
            }
        }
    }

    /// Lets attempts on their way end within `drain`; what remains is given back.
    async fn end(&self, drain: Duration) {
        if timeout(drain, self.room.acquire_many(MOST)).await.is_err() {
            self.cut.send_replace(true);
            let _ = self.room.acquire_many(MOST).await;
        }
    }
}
