//! The rate of requests.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Limits the rate of requests of all workers together.
#[derive(Debug)]
pub struct Pace {
    gap: Option<Duration>,
    next: Mutex<Instant>,
}

impl Pace {
    /// At most `rate` requests per second; unlimited if `None`.
    #[must_use]
    pub fn new(rate: Option<u32>) -> Self {
        Self {
            gap: rate.map(|rate| Duration::from_secs(1) / rate.max(1)),
            next: Mutex::new(Instant::now()),
        }
    }

    /// Waits for a request's turn.
    pub(super) fn wait(&self) {
        let Some(gap) = self.gap else { return };
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (*next).max(Instant::now());
        *next = turn + gap;
        drop(next);
        std::thread::sleep(turn.saturating_duration_since(Instant::now()));
    }
}
