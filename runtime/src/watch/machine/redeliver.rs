//! Redelivery.

use std::collections::BTreeSet;

use super::enqueue::line_up;
use super::{Ledger, Selection};
use crate::store::Error;
use crate::value::Instant;

/// Redelivers the deliveries in `selection` under the same identifiers and with all attempts,
/// and returns their number. Those waiting for their next attempt become due at once; those in
/// progress are left alone.
///
/// # Errors
/// The store fails.
pub fn redeliver(
    ledger: &mut dyn Ledger,
    watch: &str,
    selection: &Selection,
    now: Instant,
) -> Result<usize, Error> {
    let mut chosen = ledger.select(watch, selection)?;
    chosen.retain(|one| !one.is_leased(now));
    for delivery in &mut chosen {
        delivery.reopen(now);
        ledger.put(delivery)?;
    }
    // Ordering the queues modifies deliveries, so all of them are stored first.
    let objects: BTreeSet<_> = chosen.iter().map(|one| &one.object).collect();
    for object in objects {
        line_up(ledger, watch, object)?;
    }
    Ok(chosen.len())
}
