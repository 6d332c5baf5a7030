//! Forgets answers to creates that were kept for long enough.

use std::sync::Arc;
use std::time::Duration;

use crate::service::KEPT;
use crate::store::{IDEMPOTENCY_KEYS, Store};
use crate::value::Instant;

/// How often expired answers are looked for.
const PERIOD: Duration = Duration::from_secs(60);

/// Removes expired answers as long as the server runs.
pub(super) async fn forget(store: Arc<dyn Store>) {
    let mut period = tokio::time::interval(PERIOD);
    loop {
        period.tick().await;
        let before = Instant::now().minus(KEPT);
        store.remove_older(&IDEMPOTENCY_KEYS, "id", before).await;
    }
}
