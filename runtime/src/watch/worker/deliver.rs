//! Handles a claim until it is settled.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

use super::request_log::LoggedRequest;
use super::{MOST, Worker, random};
use crate::problem::Problem;
use crate::store::Durability;
use crate::watch::machine::{Claim, DeliveryState, Outcome, Unsettled, release, settle};
use crate::write::Watcher;

impl Worker {
    /// Makes an attempt and settles it. An attempt that is cut off is released: the receiver
    /// may have got the notification, and will get it again.
    pub(super) async fn deliver(self: Arc<Self>, claim: Claim, permit: OwnedSemaphorePermit) {
        let mut cut = self.cut.subscribe();
        let made = tokio::select! {
            made = self.attempt(&claim) => Some(made),
            _ = cut.wait_for(|cut| *cut) => None,
        };
        match made {
            Some((outcome, logged)) => self.settle(claim, outcome, logged).await,
            None => self.release(claim).await,
        }
        let crowded = self.room.available_permits() < MOST as usize / 2;
        drop(permit);
        if crowded {
            // Deliveries may have waited for a free permit and not for a commit.
            self.store.wake().notify_one();
        }
    }

    async fn settle(&self, claim: Claim, outcome: Outcome, logged: LoggedRequest) {
        let (id, attempt) = (claim.delivery.id.clone(), claim.attempt);
        tracing::debug!(delivery = id, attempt, ?outcome, "an attempt ended");
        let policy = self.policy.clone();
        let random = random();
        let tenant = tenant(&claim);
        let settled = self.store.commit(&tenant, Durability::Relaxed, move |tx| {
            let now = tx.now();
            let state = match settle(tx.ledger(), &policy, &claim, &outcome, now, random) {
                Ok(settled) => settled.delivery.state,
                // The newer claim settles it.
                Err(Unsettled::Stale) => DeliveryState::Open,
                Err(Unsettled::Store(error)) => return Err(Problem::from(error)),
            };
            logged.clone().put(tx, &claim, state, now)?;
            Ok(state)
        });
        match settled.answer().await {
            Ok(state) => self.metrics.attempted(state),
            Err(problem) => tracing::warn!(
                delivery = id,
                error = problem.detail,
                "the outcome of an attempt could not be stored"
            ),
        }
    }

    /// Releases a claim, so that nobody has to wait for the end of its lease.
    pub(super) async fn release(&self, claim: Claim) {
        let id = claim.delivery.id.clone();
        let tenant = tenant(&claim);
        let done = self.store.commit(&tenant, Durability::Relaxed, move |tx| {
            let now = tx.now();
            match release(tx.ledger(), &claim, now) {
                Ok(()) | Err(Unsettled::Stale) => Ok(()),
                Err(Unsettled::Store(error)) => Err(Problem::from(error)),
            }
        });
        if let Err(problem) = done.answer().await {
            let error = problem.detail;
            tracing::warn!(delivery = id, error, "a claim could not be released");
        }
    }
}

/// The tenant whose watch is notified.
fn tenant(claim: &Claim) -> String {
    Watcher::of_name(&claim.delivery.watch).map_or_else(String::new, |watcher| watcher.tenant)
}
