//! When a receiver wants to be asked again.

use std::time::{Duration, SystemTime};

use http::HeaderValue;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Longest wait that a receiver may ask for.
const LONGEST: Duration = Duration::from_secs(24 * 3_600);

/// How long to wait from `now` on: seconds, or a date in the form that senders
/// have to make (RFC 9110 sections 10.2.3 and 5.6.7).
pub(super) fn retry_after(value: &HeaderValue, now: SystemTime) -> Option<Duration> {
    let text = value.to_str().ok()?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time as well.
        let wait = text.parse().map_or(LONGEST, Duration::from_secs);
        return Some(wait.min(LONGEST));
    }
    let at = DateTimeParser::new().parse_timestamp(text).ok()?;
    let now = Timestamp::try_from(now).ok()?;
    // A date that is over asks for no wait.
    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(value: &'static str) -> Option<Duration> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        retry_after(&HeaderValue::from_static(value), now)
    }

    #[test]
    fn reads_seconds_and_dates() {
        let seconds = |n| Some(Duration::from_secs(n));
        assert_eq!(after("120"), seconds(120));
        assert_eq!(after("0"), seconds(0));
        assert_eq!(after("Sun, 06 Nov 1994 08:50:07 GMT"), seconds(30));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:07 GMT"), seconds(0));
        assert_eq!(after("99999999999999999999"), Some(LONGEST));
        assert_eq!(after("Sat, 06 Nov 2094 08:49:07 GMT"), Some(LONGEST));
        for bad in ["", "soon", "-1", "1.5"] {
            assert_eq!(after(bad), None, "{bad}");
        }
    }
}
