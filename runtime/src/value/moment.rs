//! Moments in query strings, in the spellings that people type.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::Instant;

/// Reads RFC 3339 text with any offset; without one it is of UTC, a date alone
/// is its midnight. `+` reads as a blank in a query, so a blank before the
/// hours of an offset is taken for it.
#[must_use]
pub fn moment(text: &str) -> Option<Instant> {
    let bytes = text.as_bytes();
    if bytes.get(4) != Some(&b'-') || text.contains('[') {
        return None;
    }
    if bytes.len() == 10 {
        let date: Date = text.parse().ok()?;
        return utc(date.at(0, 0, 0, 0));
    }
    if !matches!(bytes.get(10), Some(b'T' | b't')) {
        return None;
    }
    let (day, rest) = text.split_at(11);
    let time = rest.replacen(' ', "+", 1);
    let text = format!("{day}{time}");
    if time.contains(['Z', 'z', '+', '-']) {
        let at: Timestamp = text.parse().ok()?;
        return Some(Instant::from_micros(at.as_microsecond()));
    }
    let civil: DateTime = text.parse().ok()?;
    utc(civil)
}

fn utc(civil: DateTime) -> Option<Instant> {
    let at = TimeZone::UTC.to_timestamp(civil).ok()?;
    Some(Instant::from_micros(at.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn reads_every_spelling_of_one_moment() {
        let midnight = moment("2021-01-01T00:00:00Z");
        assert!(midnight.is_some());
        for text in [
            "2021-01-01",
            "2021-01-01T00:00:00",
            "2021-01-01T00:00:00.000z",
            "2021-01-01T02:00:00+02:00",
            "2021-01-01T02:00:00 02:00",
            "2020-12-31T19:00:00-05:00",
        ] {
            assert_eq!(moment(text), midnight, "{text}");
        }
        for bad in [
            "",
            "now",
            "1609459200",
            "2021-13-01",
            "2021-02-30T00:00:00Z",
            "2021-01-01 00:00:00",
            "2021-01-01T00:00:00[UTC]",
            "20210101T000000Z",
        ] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
