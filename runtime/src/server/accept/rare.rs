//! Limits how often a message is logged.

use std::time::{Duration, Instant};

/// How long the message is not repeated.
const QUIET: Duration = Duration::from_secs(5);

/// When a frequent message was last logged.
#[derive(Debug, Default)]
pub(super) struct Rare {
    said: Option<Instant>,
    unsaid: u64,
}

impl Rare {
    /// Whether to log the message now; if so, how many times it was suppressed before.
    pub(super) fn due(&mut self, now: Instant) -> Option<u64> {
        if self
            .said
            .is_some_and(|said| now.duration_since(said) < QUIET)
        {
            self.unsaid += 1;
            return None;
        }
        self.said = Some(now);
        Some(std::mem::take(&mut self.unsaid))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{QUIET, Rare};

    #[test]
    fn what_was_not_said_is_counted() {
        let (mut rare, start) = (Rare::default(), Instant::now());
        let mut at = |wait: Duration| rare.due(start + wait);
        assert_eq!(at(Duration::ZERO), Some(0));
        assert_eq!(at(QUIET / 2), None);
        assert_eq!(at(QUIET / 2), None);
        assert_eq!(at(QUIET), Some(2));
        assert_eq!(at(QUIET * 2), Some(0));
    }
}
