//! Deletes expired records of the request log and of changes.

use super::Worker;
use crate::store::{EVENTS, REQUESTS};
use crate::value::Instant;

impl Worker {
    /// Deletes logged requests and changes after their retention period.
    pub(super) async fn delete_expired(&self, now: Instant) {
        let before = now.minus(self.policy.retention);
        self.store.remove_older(&REQUESTS, "id", before).await;
        self.store.remove_older(&EVENTS, "number", before).await;
    }
}
