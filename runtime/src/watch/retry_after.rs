//! The wait that a receiver asks for.

use std::time::Duration;

use crate::value::Instant;

/// Parses the value of a `Retry-After` field received at `now` (RFC 9110 section 10.2.3):
/// seconds, or an HTTP date in one of its three formats. A past date gives a wait of zero, an
/// illegal value `None`.
#[must_use]
pub fn retry_after(value: &str, now: Instant) -> Option<Duration> {
    let value = value.trim_matches([' ', '\t']);
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows still means a long time.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let date = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    let now = u64::try_from(now.micros()).unwrap_or_default();
    Some(date.saturating_sub(Duration::from_micros(now)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::retry_after;
    use crate::value::Instant;

    #[test]
    fn reads_seconds_and_the_three_forms_of_a_date() {
        // 1994-11-06T08:49:37Z is the date in RFC 9110 section 5.6.7.
        let now = Instant::from_micros((784_111_777 - 60) * 1_000_000);
        let minute = Some(Duration::from_secs(60));
        for text in [
            "60",
            " 060\t",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(retry_after(text, now), minute, "{text}");
        }
        let passed = retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now);
        assert_eq!(passed, Some(Duration::ZERO));
        let long = retry_after("99999999999999999999999", now);
        assert_eq!(long, Some(Duration::from_secs(u64::MAX)));
        for bad in ["", " ", "-1", "1.5", "soon", "1s", "1994-11-06T08:49:37Z"] {
            assert_eq!(retry_after(bad, now), None, "{bad}");
        }
    }
}
