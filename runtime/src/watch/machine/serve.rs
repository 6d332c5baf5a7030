//! Enables and disables watches.

use super::enqueue::line_up;
use super::{DeliveryState, Disabled, Health, Ledger, Outcome, Policy};
use crate::store::Error;
use crate::value::Instant;

/// Updates the health of a watch after an attempt; returns the reason if that disabled the
/// watch.
pub(super) fn attempted(
    ledger: &mut dyn Ledger,
    policy: &Policy,
    watch: &str,
    outcome: &Outcome,
    now: Instant,
) -> Result<Option<Disabled>, Error> {
    let before = ledger.health(watch)?;
    let mut health = before.clone();
    match outcome {
        Outcome::Unsendable(_) => {}
        _ if outcome.is_success() => health.failing = None,
        _ => {
            let since = *health.failing.get_or_insert(now);
            let reason = match outcome {
                // The receiver wants no more notifications (RFC 9110 section 15.5.11).
                Outcome::Answered { status: 410, .. } => Some(outcome.reason()),
                _ if now >= since.plus(policy.patience) => {
                    let hours = policy.patience.as_secs() / 3_600;
                    let last = outcome.reason();
                    Some(format!(
                        "every attempt failed for {hours} hours, the last one: {last}"
                    ))
                }
                _ => None,
            };
            if let (None, Some(reason)) = (&health.disabled, reason) {
                health.disabled = Some(Disabled { since: now, reason });
            }
        }
    }
    if health != before {
        ledger.put_health(&health)?;
    }
    Ok(health.disabled.filter(|_| before.disabled.is_none()))
}

/// Disables a watch because of `reason`. Deliveries in progress may be settled; all others wait
/// for [`resume`].
///
/// # Errors
/// The store fails.
pub fn disable(
    ledger: &mut dyn Ledger,
    watch: &str,
    reason: String,
    now: Instant,
) -> Result<(), Error> {
    let mut health = ledger.health(watch)?;
    health.disabled = Some(Disabled { since: now, reason });
    ledger.put_health(&health)
}

/// Enables a watch again: its open deliveries get all their attempts and are due at `now`. Has
/// no effect on an enabled watch.
///
/// # Errors
/// The store fails.
pub fn resume(ledger: &mut dyn Ledger, watch: &str, now: Instant) -> Result<(), Error> {
    if ledger.health(watch)?.disabled.is_none() {
        return Ok(());
    }
    ledger.put_health(&Health::new(watch.to_owned()))?;
    for mut delivery in ledger.open(watch)? {
        delivery.reopen(now);
        ledger.put(&delivery)?;
    }
    Ok(())
}

/// Deletes the deliveries and the health of a deleted watch.
///
/// # Errors
/// The store fails.
pub fn forget(ledger: &mut dyn Ledger, watch: &str) -> Result<(), Error> {
    ledger.forget_watch(watch)
}

/// Deletes deliveries that ended longer ago than [`Policy::retention`], and ends those that a
/// disabled watch has held for that long as dead. Returns the number of deleted deliveries.
///
/// # Errors
/// The store fails.
pub fn prune(ledger: &mut dyn Ledger, policy: &Policy, now: Instant) -> Result<usize, Error> {
    let before = now.minus(policy.retention);
    for mut delivery in ledger.held(before)? {
        if delivery.is_leased(now) {
            continue;
        }
        delivery.reason = Some("the watch was disabled for too long".to_owned());
        delivery.end(DeliveryState::Dead, now);
        ledger.put(&delivery)?;
        line_up(ledger, &delivery.watch, &delivery.object)?;
    }
    ledger.forget_ended(before)
}
