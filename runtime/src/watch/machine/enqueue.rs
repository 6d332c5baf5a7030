//! The line of each object.

use super::{Delivery, Ledger};
use crate::store::Error;

/// Enqueues a delivery, in the transaction that makes the change.
///
/// # Errors
/// A store that fails.
pub fn enqueue(ledger: &mut dyn Ledger, delivery: &Delivery) -> Result<(), Error> {
    ledger.put(delivery)?;
    line_up(ledger, &delivery.watch, &delivery.object)
}

/// Puts the first open delivery of an object at the head of its line.
///
/// A head that somebody holds, or held when their process ended, keeps its
/// place until it is settled: two notifications of one object never overlap,
/// unless one takes longer than its lease.
pub(super) fn line_up(ledger: &mut dyn Ledger, watch: &str, object: &str) -> Result<(), Error> {
    let Some(mut first) = ledger.first(watch, object)? else {
        return Ok(());
    };
    if first.head {
        return Ok(());
    }
    if let Some(mut head) = ledger.head(watch, object)? {
        if head.lease.is_some() {
            return Ok(());
        }
        head.head = false;
        ledger.put(&head)?;
    }
    first.head = true;
    ledger.put(&first)
}
