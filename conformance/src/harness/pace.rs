//! The rate of requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Exchange, Unreachable};

/// How often a request is sent again that came too early.
const AGAIN: u32 = 5;

/// The longest that a service is waited for; one that wants more is not judged today.
const LONGEST: Duration = Duration::from_secs(60);

/// Keeps all workers together to a rate.
#[derive(Debug)]
pub struct Pace {
    gap: Option<Duration>,
    next: Mutex<Instant>,
    early: AtomicUsize,
}

impl Pace {
    /// At most `rate` requests per second; unlimited if `None`.
    #[must_use]
    pub fn new(rate: Option<u32>) -> Self {
        Self {
            gap: rate.map(|rate| Duration::from_secs(1) / rate.max(1)),
            next: Mutex::new(Instant::now()),
            early: AtomicUsize::new(0),
        }
    }

    /// How many requests came too early and were sent again.
    pub(crate) fn early(&self) -> usize {
        self.early.load(Ordering::Relaxed)
    }

    /// Asks in turn, and again when the service says that it was asked too often: it has
    /// done nothing then (RFC 6585 section 4). All workers wait, since the next of them
    /// would be refused as well.
    pub(super) fn patiently(
        &self,
        ask: impl Fn() -> Result<Exchange, Unreachable>,
    ) -> Result<Exchange, Unreachable> {
        for _ in 0..AGAIN {
            self.wait();
            let answer = ask()?;
            let wait = (answer.status == 429).then(|| retry_after(&answer));
            let wait = wait.map(|wait| wait.unwrap_or(Duration::from_secs(1)));
            let Some(wait) = wait.filter(|wait| *wait <= LONGEST) else {
                return Ok(answer);
            };
            self.early.fetch_add(1, Ordering::Relaxed);
            self.hold(wait);
        }
        self.wait();
        ask()
    }

    /// Lets nobody ask for a while.
    fn hold(&self, wait: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(Instant::now() + wait);
    }

    /// Waits for a request's turn.
    fn wait(&self) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (*next).max(Instant::now());
        *next = turn + self.gap.unwrap_or_default();
        drop(next);
        let left = turn.saturating_duration_since(Instant::now());
        if !left.is_zero() {
            std::thread::sleep(left);
        }
    }
}

/// How long a service wants to be left alone, where it says so in seconds (RFC 9110
/// section 10.2.3).
pub(crate) fn retry_after(answer: &Exchange) -> Option<Duration> {
    let seconds = answer.header("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Exchange, LONGEST, Pace};

    fn answer(status: u16, after: &str) -> Exchange {
        Exchange {
            status,
            reply_headers: vec![("retry-after".to_owned(), after.to_owned())],
            ..Exchange::default()
        }
    }

    #[test]
    fn a_request_that_came_too_early_is_sent_again() {
        let (pace, asked) = (Pace::new(None), Cell::new(0));
        let done = pace.patiently(|| {
            asked.set(asked.get() + 1);
            Ok(answer(if asked.get() < 3 { 429 } else { 201 }, "0"))
        });
        assert_eq!(
            (done.unwrap().status, asked.get(), pace.early()),
            (201, 3, 2)
        );
        let long = (LONGEST.as_secs() + 1).to_string();
        assert_eq!(
            pace.patiently(|| Ok(answer(429, &long))).unwrap().status,
            429
        );
        assert_eq!(pace.patiently(|| Ok(answer(429, "0"))).unwrap().status, 429);
        assert_eq!(pace.early(), 7);
    }
}
