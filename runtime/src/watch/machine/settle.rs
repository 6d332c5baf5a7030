//! Settles attempts.

use std::fmt;

use super::enqueue::line_up;
use super::serve::attempted;
use super::{Claim, Delivery, DeliveryState, Disabled, Ledger, Outcome, Policy};
use crate::store::Error;
use crate::value::Instant;

/// The state in which an attempt leaves its delivery and its watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The delivery: open until its next attempt, delivered or dead.
    pub delivery: Delivery,
    /// Set if this attempt disabled the watch.
    pub disabled: Option<Disabled>,
}

/// Why an attempt was not settled.
#[derive(Debug)]
pub enum Unsettled {
    /// The delivery was claimed again, ended or deleted in the meantime.
    Stale,
    /// The store fails.
    Store(Error),
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale => f.write_str("somebody else has the delivery"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unsettled {}

impl From<Error> for Unsettled {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// Records the outcome of an attempt at `now`; `random` is a uniformly distributed number.
///
/// # Errors
/// [`Unsettled::Stale`] if the claim is no longer the latest, in which case nothing changes.
/// [`Unsettled::Store`] if the store fails.
pub fn settle(
    ledger: &mut dyn Ledger,
    policy: &Policy,
    claim: &Claim,
    outcome: &Outcome,
    now: Instant,
    random: u64,
) -> Result<Settled, Unsettled> {
    let mut delivery = held(ledger, claim)?;
    delivery.lease = None;
    if outcome.is_success() {
        delivery.reason = None;
        delivery.end(DeliveryState::Delivered, now);
    } else {
        delivery.failed += 1;
        delivery.reason = Some(outcome.reason());
        let wait = policy
            .schedule
            .wait(delivery.failed, random, outcome.asked());
        match wait.filter(|_| !matches!(outcome, Outcome::Unsendable(_))) {
            Some(wait) => delivery.due = now.plus(wait),
            None => delivery.end(DeliveryState::Dead, now),
        }
    }
    ledger.put(&delivery)?;
    line_up(ledger, &delivery.watch, &delivery.object)?;
    let disabled = attempted(ledger, policy, &delivery.watch, outcome, now)?;
    Ok(Settled { delivery, disabled })
}

/// Returns a claim as if it had not been made, so that a process that shuts down leaves no
/// lease behind.
///
/// # Errors
/// As for [`settle`].
pub fn release(ledger: &mut dyn Ledger, claim: &Claim, now: Instant) -> Result<(), Unsettled> {
    let mut delivery = held(ledger, claim)?;
    delivery.lease = None;
    delivery.due = now;
    ledger.put(&delivery)?;
    Ok(line_up(ledger, &delivery.watch, &delivery.object)?)
}

/// The delivery of a claim, if the claim is still the latest.
fn held(ledger: &dyn Ledger, claim: &Claim) -> Result<Delivery, Unsettled> {
    let stored = ledger.delivery(&claim.delivery.id)?;
    let mine = |stored: &Delivery| {
        stored.fence == claim.delivery.fence && stored.lease == claim.delivery.lease
    };
    stored.filter(mine).ok_or(Unsettled::Stale)
}
