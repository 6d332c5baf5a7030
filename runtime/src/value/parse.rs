//! Instants in query strings, in spellings that people type.

use super::{Instant, rfc3339};

/// Parses an RFC 3339 `date-time`; without an offset it is UTC, and a date alone is midnight.
/// In a query string `+` decodes to a blank, so a blank before the hours of an offset counts as
/// `+`.
#[must_use]
pub fn parse_instant(text: &str) -> Option<Instant> {
    if text.len() == 10 {
        rfc3339::date(text)?;
        return parse_instant(&format!("{text}T00:00:00Z"));
    }
    let written = match text.rsplit_once(' ') {
        Some((time, offset)) => rfc3339::date_time(&format!("{time}+{offset}"))?,
        None => rfc3339::date_time(text)?,
    };
    written.instant().or_else(|| written.local())
}

#[cfg(test)]
mod tests {
    use super::parse_instant;

    #[test]
    fn reads_every_spelling_of_one_moment() {
        let midnight = parse_instant("2021-01-01T00:00:00Z");
        assert!(midnight.is_some());
        for text in [
            "2021-01-01",
            "2021-01-01T00:00:00",
            "2021-01-01T00:00:00.000z",
            "2021-01-01T02:00:00+02:00",
            "2021-01-01T02:00:00 02:00",
            "2020-12-31T19:00:00-05:00",
        ] {
            assert_eq!(parse_instant(text), midnight, "{text}");
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
            "2021-01-01T00:00:00 ",
            "2021-01-01T00:00:00 02",
            "2021-01-01T00:00:00+0200",
            "2021-01-01T00:00Z",
            "2021-01-01T00:00",
            "2021-01-01T00:00:00,5",
            "2021-01-01T00:00:00+24:00",
            "2021-01-01T00:00:60",
        ] {
            assert_eq!(parse_instant(bad), None, "{bad}");
        }
    }
}
