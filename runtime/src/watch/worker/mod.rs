//! The worker: takes what is due, sends it, and settles what came of it.
//!
//! Several processes may work on one store. Each claim has a lease, so what a
//! process held that was killed is sent by another, or by the next one.

mod attempt;
mod forget;
mod keys;
mod receiver;
mod record;
mod rotated;
mod settings;

pub(crate) use keys::{KEYS, SigningKey, algorithm};
pub(crate) use record::REQUESTS;
pub(crate) use rotated::ROTATED;
pub(crate) use settings::Settings;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::problem::Problem;
use crate::store::{Store, Written};
use crate::table::Table;
use crate::value::Instant;
use crate::watch::client::{self, Client};
use crate::watch::machine::{Claim, Claims, Policy, State, Unsettled, prune, settle};
use crate::watch::oauth::Tokens;

/// How often is looked for what is due, when nothing ends in between.
const PAUSE: Duration = Duration::from_millis(25);

/// Most attempts on their way at a time: each holds a body and an answer.
const MOST: usize = 1_024;

/// How often is looked for what is kept long enough.
const PRUNE: i64 = 60_000_000;

/// Sends what is due in a store.
pub(crate) struct Worker {
    store: Arc<dyn Store>,
    tables: Vec<&'static Table>,
    client: Client,
    tokens: Tokens,
    policy: Policy,
    time_out: Duration,
    room: Arc<Semaphore>,
    wake: Notify,
}

impl Worker {
    /// A worker for the watches among `tables`.
    ///
    /// # Errors
    /// A system that does not tell its addresses.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        tables: &[&'static Table],
        settings: Settings,
    ) -> std::io::Result<Self> {
        let client = Client::new(client::Settings::new(settings.guard()?))?;
        Ok(Self {
            store,
            tables: tables.to_vec(),
            tokens: Tokens::new(client.clone(), settings.time_out),
            client,
            policy: settings.policy(),
            time_out: settings.time_out,
            room: Arc::new(Semaphore::new(MOST)),
            wake: Notify::new(),
        })
    }

    /// Works until it is dropped.
    pub(crate) async fn run(self) {
        let worker = Arc::new(self);
        let mut claims = Claims::new(owner());
        let mut pruned = Instant::from_micros(0);
        loop {
            let now = Instant::now();
            let due = now.micros() - pruned.micros() > PRUNE;
            if due {
                pruned = now;
                worker.forget_old(now);
            }
            let taken = worker.claim(&mut claims, now, due).await;
            let none = taken.is_empty();
            for claim in taken {
                let Ok(permit) = Arc::clone(&worker.room).acquire_owned().await else {
                    return;
                };
                tokio::spawn(Arc::clone(&worker).deliver(claim, permit));
            }
            if none {
                let _ = timeout(PAUSE, worker.wake.notified()).await;
            }
        }
    }

    /// Takes what is due, as much as there is room for.
    async fn claim(&self, claims: &mut Claims, now: Instant, due: bool) -> Vec<Claim> {
        let room = self.room.available_permits();
        let (mut own, policy) = (claims.clone(), self.policy.clone());
        let (sender, taken) = tokio::sync::oneshot::channel();
        let done = self.store.write(Box::new(move |tx| {
            if due {
                prune(tx.ledger(), &policy, now)?;
            }
            let found = own.claim(tx.ledger(), &policy, now, room)?;
            let _ = sender.send((own, found));
            Ok(Written::default())
        }));
        match (done.answer().await, taken.await) {
            (Ok(_), Ok((own, found))) => {
                *claims = own;
                found
            }
            (failed, _) => {
                let error = failed.err().map(|problem| problem.detail);
                tracing::warn!(error, "what is due cannot be looked for");
                Vec::new()
            }
        }
    }

    /// Makes an attempt and settles it.
    async fn deliver(self: Arc<Self>, claim: Claim, permit: OwnedSemaphorePermit) {
        let (outcome, record) = self.attempt(&claim).await;
        let (id, attempt) = (claim.delivery.id.clone(), claim.attempt);
        tracing::debug!(delivery = id, attempt, ?outcome, "an attempt ended");
        let policy = self.policy.clone();
        let random = random();
        let done = self.store.write(Box::new(move |tx| {
            let now = tx.now();
            let state = match settle(tx.ledger(), &policy, &claim, &outcome, now, random) {
                Ok(settled) => settled.delivery.state,
                // Whoever claimed it meanwhile settles it.
                Err(Unsettled::Stale) => State::Open,
                Err(Unsettled::Store(error)) => return Err(Problem::from(error)),
            };
            record.put(tx, &claim, state, now)?;
            Ok(Written::default())
        }));
        if let Err(problem) = done.answer().await {
            tracing::warn!(
                delivery = id,
                error = problem.detail,
                "an attempt is not settled"
            );
        }
        drop(permit);
        self.wake.notify_one();
    }
}

/// A name that no other process has.
fn owner() -> String {
    format!("{}-{:016x}", std::process::id(), random())
}

/// Any number. Without a source of them, waits have no jitter.
fn random() -> u64 {
    getrandom::u64().unwrap_or_default()
}
