//! Requests with an idempotency key that are being worked on.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The keys of requests that are being worked on in this process.
#[derive(Debug, Default)]
pub struct InFlight(Mutex<HashSet<String>>);

/// A request that is being worked on, until this is dropped.
pub(super) struct Turn<'s> {
    all: &'s InFlight,
    id: String,
}

impl InFlight {
    /// Notes a request; `None` if one with the same key is being worked on.
    pub(super) fn enter(&self, id: &str) -> Option<Turn<'_>> {
        let entered = self.lock().insert(id.to_owned());
        entered.then(|| Turn {
            all: self,
            id: id.to_owned(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.all.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::InFlight;

    #[test]
    fn a_key_is_free_again_after_its_request() {
        let all = InFlight::default();
        let first = all.enter("a");
        assert!(first.is_some() && all.enter("b").is_some());
        assert!(all.enter("a").is_none());
        drop(first);
        assert!(all.enter("a").is_some());
    }
}
