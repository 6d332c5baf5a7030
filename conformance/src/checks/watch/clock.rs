//! The clock of the suite beside that of a service.

/// Seconds that both clocks may be apart.
pub(super) const APART: u64 = 300;

/// Whether this second since 1970-01-01T00:00:00Z is now, as far as two clocks agree.
pub(super) fn is_now(seconds: i64) -> bool {
    seconds.abs_diff(jiff::Timestamp::now().as_second()) <= APART
}

#[cfg(test)]
mod tests {
    use super::{APART, is_now};

    #[test]
    fn clocks_may_be_apart_both_ways_and_no_further() {
        let now = jiff::Timestamp::now().as_second();
        let apart = APART.cast_signed();
        // A second or two may pass while the test runs.
        for (away, near) in [
            (0, true),
            (10 - apart, true),
            (apart, true),
            (-apart - 1, false),
            (apart + 10, false),
        ] {
            assert_eq!(is_now(now + away), near, "{away}");
        }
        assert!(!is_now(i64::MIN) && !is_now(i64::MAX));
    }
}
