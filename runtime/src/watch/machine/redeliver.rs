//! Sending again.

use std::collections::BTreeSet;

use super::enqueue::line_up;
use super::{Ledger, Selection};
use crate::store::Error;
use crate::value::Instant;

/// Sends again what `selection` names, under the same identifiers and with all
/// attempts; says how many. One that waits for its next attempt is due at
/// once; one that is on its way is left alone.
///
/// # Errors
/// A store that fails.
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
    // Lines change deliveries, so all of them are kept before.
    let objects: BTreeSet<_> = chosen.iter().map(|one| &one.object).collect();
    for object in objects {
        line_up(ledger, watch, object)?;
    }
    Ok(chosen.len())
}
