//! How fast requests follow each other.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keeps all workers together to a rate.
#[derive(Debug)]
pub struct Pace {
    gap: Option<Duration>,
    next: Mutex<Instant>,
}

impl Pace {
    /// At most `rate` requests per second; as fast as they go without one.
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
