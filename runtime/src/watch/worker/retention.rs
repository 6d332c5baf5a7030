//! Deletes expired records of the request log and of changes.

use std::sync::Arc;
use std::time::Duration;

use super::Worker;
use crate::store::{EVENTS, REQUESTS};

/// Time between two deletions of expired records.
const PERIOD: Duration = Duration::from_secs(60);

impl Worker {
    /// Deletes logged requests and changes after their retention period, until it is dropped. It
    /// has a task of its own, because deliveries must not wait for many deletions.
    pub(super) async fn expire(self: Arc<Self>) {
        let mut period = tokio::time::interval(PERIOD);
        loop {
            period.tick().await;
            let before = self.now().minus(self.policy.retention);
            self.store.remove_older(&REQUESTS, "id", before).await;
            self.store.remove_older(&EVENTS, "number", before).await;
        }
    }
}
