//! Claims due deliveries.

use std::collections::VecDeque;

use super::{Delivery, Health, Lease, Ledger, Policy};
use crate::store::Error;
use crate::value::Instant;

/// The right to send a delivery once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The delivery as it was claimed.
    pub delivery: Delivery,
    /// The number of the attempt, from 1.
    pub attempt: u32,
}

/// Claims due deliveries for one owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    owner: String,
    /// The watch that had the last turn.
    last: String,
}

impl Claims {
    /// Creates claims for `owner`, a name that no other process or thread uses.
    #[must_use]
    pub fn new(owner: String) -> Self {
        let last = String::new();
        Self { owner, last }
    }

    /// Claims at most `limit` deliveries that are due at `now`. Watches take turns, with one
    /// delivery each.
    ///
    /// # Errors
    /// The store fails.
    pub fn claim(
        &mut self,
        ledger: &mut dyn Ledger,
        policy: &Policy,
        now: Instant,
        limit: usize,
    ) -> Result<Vec<Claim>, Error> {
        let mut claims = Vec::new();
        let mut watches = ledger.due_watches(now)?;
        let next = watches.partition_point(|watch| *watch <= self.last);
        watches.rotate_left(next);
        let mut lines = VecDeque::new();
        for watch in watches {
            if lines.len() == limit {
                break;
            }
            let room = room(&ledger.health(&watch)?, policy);
            let room = room.saturating_sub(ledger.leased(&watch, now)?);
            let due = ledger.due(&watch, now, room.min(limit))?;
            if !due.is_empty() {
                lines.push_back(due.into_iter());
            }
        }
        while claims.len() < limit
            && let Some(mut line) = lines.pop_front()
        {
            if let Some(delivery) = line.next() {
                self.last.clone_from(&delivery.watch);
                claims.push(self.take(ledger, policy, now, delivery)?);
                lines.push_back(line);
            }
        }
        Ok(claims)
    }

    fn take(
        &self,
        ledger: &mut dyn Ledger,
        policy: &Policy,
        now: Instant,
        mut delivery: Delivery,
    ) -> Result<Claim, Error> {
        let until = now.plus(policy.lease);
        let owner = self.owner.clone();
        delivery.lease = Some(Lease { owner, until });
        delivery.due = until;
        delivery.fence += 1;
        ledger.put(&delivery)?;
        Ok(Claim {
            attempt: delivery.failed + 1,
            delivery,
        })
    }
}

/// The number of deliveries of a watch that may be in progress.
fn room(health: &Health, policy: &Policy) -> usize {
    let slots = usize::try_from(policy.slots).unwrap_or(usize::MAX).max(1);
    // One attempt shows whether the receiver responds again.
    health.failing.map_or(slots, |_| 1)
}
