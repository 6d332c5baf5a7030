//! The date and time grammar of RFC 3339 section 5.6.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::Instant;

/// A date and time, with its offset from UTC if it states one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    civil: DateTime,
    ahead: Option<i64>,
    leap: bool,
}

/// Whether `text` is a `full-date` that exists in the calendar, such as `2021-01-31`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    date(text).is_some()
}

/// Parses a `full-date`: four, two and two digits.
pub(super) fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = bytes else {
        return None;
    };
    let (year, month, day) = (
        digits(year, 4)?,
        digits(&[*m1, *m2], 2)?,
        digits(&[*d1, *d2], 2)?,
    );
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Parses a `date-time`, or a date and time without an offset.
pub(super) fn date_time(text: &str) -> Option<Written> {
    let (day, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't'])?;
    let end = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let (clock, fraction) = match time.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (time, None),
    };
    let [h1, h2, b':', m1, m2, b':', s1, s2] = *clock.as_bytes() else {
        return None;
    };
    let (hour, minute) = (digits(&[h1, h2], 2)?, digits(&[m1, m2], 2)?);
    let second = digits(&[s1, s2], 2)?;
    let leap = second == 60;
    let day = date(day)?;
    let civil = DateTime::new(
        day.year(),
        day.month(),
        day.day(),
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        // Clocks without leap seconds show the second before.
        i8::try_from(if leap { 59 } else { second }).ok()?,
        nanoseconds(fraction)?,
    )
    .ok()?;
    let ahead = match zone.as_bytes() {
        [] => None,
        [b'Z' | b'z'] => Some(0),
        [sign, h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (digits(&[*h1, *h2], 2)?, digits(&[*m1, *m2], 2)?);
            let seconds = (hours < 24 && minutes < 60)
                .then_some(i64::from(hours) * 3_600 + i64::from(minutes) * 60)?;
            Some(if *sign == b'-' { -seconds } else { seconds })
        }
        _ => return None,
    };
    Some(Written { civil, ahead, leap })
}

impl Written {
    /// The instant, if it states an offset from UTC.
    pub(super) fn instant(self) -> Option<Instant> {
        let ahead = self.ahead?;
        let at = TimeZone::UTC.to_timestamp(self.civil).ok()?;
        let at = Instant::from_micros(at.as_microsecond() - ahead * 1_000_000);
        (!self.leap || ends_half_year(at)).then_some(at)
    }

    /// The instant as if it were UTC, if it states no offset. Leap seconds cannot be checked
    /// then.
    pub(super) fn local(self) -> Option<Instant> {
        let plain = self.ahead.is_none() && !self.leap;
        let ahead = Some(0);
        plain.then_some(Self { ahead, ..self })?.instant()
    }
}

/// Whether the next second begins July or January: leap seconds are at the end of June or
/// December (RFC 3339 appendix D).
fn ends_half_year(at: Instant) -> bool {
    let next = jiff::Timestamp::from_microsecond(at.micros() + 1_000_000);
    next.is_ok_and(|next| {
        let next = TimeZone::UTC.to_datetime(next);
        let begins = (next.day(), next.hour(), next.minute(), next.second()) == (1, 0, 0, 0);
        begins && matches!(next.month(), 1 | 7)
    })
}

/// Parses exactly `count` digits.
fn digits(text: &[u8], count: usize) -> Option<i16> {
    if text.len() != count || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Parses the digits after the point: one or more, of which microseconds are kept.
fn nanoseconds(fraction: Option<&str>) -> Option<i32> {
    let Some(fraction) = fraction else {
        return Some(0);
    };
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = format!("{:0<6}", &fraction[..fraction.len().min(6)]);
    Some(kept.parse::<i32>().ok()? * 1_000)
}

#[cfg(test)]
mod tests {
    use super::{date, date_time};

    fn micros(text: &str) -> Option<i64> {
        Some(date_time(text)?.instant()?.micros())
    }

    #[test]
    fn takes_what_the_grammar_has() {
        let at = Some(1_609_459_200_000_000);
        for text in [
            "2021-01-01T00:00:00Z",
            "2021-01-01t00:00:00z",
            "2021-01-01T00:00:00.0Z",
            "2021-01-01T00:00:00.00000000000000000001Z",
            "2021-01-01T02:00:00+02:00",
            "2021-01-01T23:59:00+23:59",
            "2020-12-31T19:30:00-04:30",
            "2021-01-01T00:00:00-00:00",
        ] {
            assert_eq!(micros(text), at, "{text}");
        }
        assert_eq!(
            micros("2021-01-01T00:00:00.1234567Z"),
            at.map(|at| at + 123_456)
        );
        assert_eq!(
            micros("0000-01-01T00:00:00Z"),
            Some(-62_167_219_200_000_000)
        );
    }

    #[test]
    fn leap_seconds_stand_where_they_can() {
        let last = micros("2016-12-31T23:59:59Z");
        for text in [
            "2016-12-31T23:59:60Z",
            "2017-01-01T05:29:60+05:30",
            "2016-12-31T18:59:60-05:00",
        ] {
            assert_eq!(micros(text), last, "{text}");
        }
        assert!(micros("2015-06-30T23:59:60Z").is_some());
        for text in [
            "2016-12-31T12:00:60Z",
            "2016-12-31T23:59:60+01:00",
            "2016-11-30T23:59:60Z",
            "2016-12-31T23:58:60Z",
            "2016-12-31T23:59:61Z",
        ] {
            assert_eq!(micros(text), None, "{text}");
        }
        assert_eq!(
            date_time("2016-12-31T23:59:60").and_then(super::Written::local),
            None
        );
    }

    #[test]
    fn refuses_what_other_readers_let_pass() {
        for text in [
            "",
            "2021-01-01",
            "2021-01-01T00:00:00",
            "2021-01-01 00:00:00Z",
            "2021-01-01T00:00:00+24:00",
            "2021-01-01T00:00:00+00:60",
            "2021-01-01T00:00:00+0100",
            "2021-01-01T00:00:00+01",
            "2021-01-01T00:00:00+01:00:00",
            "2021-01-01T00:00:00,5Z",
            "2021-01-01T00:00:00.Z",
            "2021-01-01T10:30Z",
            "2021-01-01T10Z",
            "2021-01-01T103000Z",
            "20210101T000000Z",
            "2021-01-01T24:00:00Z",
            "2021-02-30T00:00:00Z",
            "2021-1-01T00:00:00Z",
            "+2021-01-01T00:00:00Z",
            "-002021-01-01T00:00:00Z",
            "2021-01-01T00:00:00Z[UTC]",
            "2021-01-01T00:00:00ZZ",
            "2021-01-01T00:00:00 Z",
            "2021-01-01T00:00:0\u{663}Z",
            "9999-12-31T23:59:60Z",
        ] {
            assert_eq!(micros(text), None, "{text}");
        }
        for text in [
            "",
            "2021-13-01",
            "2021-1-1",
            "21-01-01",
            "2021-01-011",
            "-2021-01-01",
            "2021/01/01",
            "é021-01-01",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
