//! The queue of deliveries for each object.

use super::{Delivery, Ledger};
use crate::store::Error;

/// Enqueues a delivery in the transaction that makes the change.
///
/// # Errors
/// The store fails.
pub fn enqueue(ledger: &mut dyn Ledger, delivery: &Delivery) -> Result<(), Error> {
    ledger.put(delivery)?;
    line_up(ledger, &delivery.watch, &delivery.object)
}

/// Makes the first open delivery of an object the head of its queue.
///
/// A head with a lease, even of a process that has ended, keeps its place until it is settled:
/// two notifications of one object never overlap, unless one takes longer than its lease.
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
