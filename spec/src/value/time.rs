//! Formats of times.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::model::{Form, Type};

/// The time in `text` in microseconds since the epoch, truncated to the precision of
/// `form`. The text is a `date-time` of RFC 3339 section 5.6; in a local format, the offset
/// is ignored.
#[must_use]
pub fn instant(form: Form, text: &str) -> Option<i64> {
    let micros = match form {
        Form::Local => at_utc(text)?,
        Form::SecondsOffset | Form::SecondsZ | Form::MillisZ => exact(text)?,
    };
    let unit = if form == Form::MillisZ {
        1_000
    } else {
        1_000_000
    };
    Some(micros.div_euclid(unit) * unit)
}

/// The microseconds of a date and time without an offset, taken as UTC.
fn at_utc(text: &str) -> Option<i64> {
    // Leap seconds are only defined for UTC.
    let plain = text.contains(['T', 't']) && text.get(17..19) != Some("60");
    plain.then(|| exact(&format!("{text}Z"))).flatten()
}

/// The microseconds of a `date-time` with an offset.
fn exact(text: &str) -> Option<i64> {
    let shape: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '0'
            } else {
                c.to_ascii_uppercase()
            }
        })
        .collect();
    let rest = shape.strip_prefix("0000-00-00T00:00:00")?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c| c != '0').unwrap_or(rest.len())),
        None => ("0", rest),
    };
    let known = matches!(zone, "Z" | "+00:00" | "-00:00");
    if fraction.is_empty() || !known {
        return None;
    }
    let offset = &text[text.len() - zone.len()..];
    if zone != "Z" && (offset[1..3] > *"23" || offset[4..6] > *"59") {
        return None;
    }
    // Digits beyond microseconds are ignored.
    let fraction = match rest.starts_with('.') {
        true => &text[20..20 + fraction.len().min(6)],
        false => "0",
    };
    let leap = &text[17..19] == "60";
    let seconds = if leap { "59" } else { &text[17..19] };
    let clock = format!("{}{seconds}.{fraction}{offset}", &text[..17]);
    let at = clock.parse::<Timestamp>().ok()?;
    let next = at.checked_add(jiff::SignedDuration::from_secs(1)).ok()?;
    let next = next.strftime("%m-%dT%H:%M:%S").to_string();
    // Leap seconds occur at the end of June and December only.
    let fits = !leap || matches!(next.as_str(), "01-01T00:00:00" | "07-01T00:00:00");
    fits.then(|| at.as_microsecond())
}

/// The time in an object with a local date and time and its time zone, in microseconds.
#[must_use]
pub fn zoned_instant(ty: &Type, value: &Value) -> Option<i64> {
    let Type::ZonedTime { time, zone, .. } = ty else {
        return None;
    };
    let zone = TimeZone::get(value[zone].as_str()?).ok()?;
    let local: DateTime = value[time].as_str()?.parse().ok()?;
    Some(zone.to_timestamp(local).ok()?.as_microsecond())
}

/// The time in a query in microseconds: with an offset or in UTC. A date alone means
/// midnight; a space is accepted in place of a decoded `+`.
#[must_use]
pub fn query_instant(text: &str) -> Option<i64> {
    let text = text.replacen(' ', "+", 1);
    match text.len() {
        10 => exact(&format!("{text}T00:00:00Z")),
        _ => exact(&text).or_else(|| at_utc(&text)),
    }
}

/// A time in the given format.
#[must_use]
pub fn print(form: Form, micros: i64) -> String {
    let Ok(instant) = Timestamp::from_microsecond(micros) else {
        return String::new();
    };
    let pattern = match form {
        Form::SecondsOffset => "%Y-%m-%dT%H:%M:%S+00:00",
        Form::SecondsZ => "%Y-%m-%dT%H:%M:%SZ",
        Form::MillisZ => "%Y-%m-%dT%H:%M:%S.%3fZ",
        Form::Local => "%Y-%m-%dT%H:%M:%S",
    };
    instant.strftime(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::{instant, query_instant};
    use crate::model::Form;

    #[test]
    fn only_what_the_standard_has_is_a_date_and_time() {
        let read = |text: &str| instant(Form::MillisZ, text);
        let at = Some(1_609_459_200_000_000);
        for text in [
            "2021-01-01T00:00:00Z",
            "2021-01-01t00:00:00.000z",
            "2021-01-01T00:00:00.00000000000001Z",
            "2020-12-31T19:30:00-04:30",
        ] {
            assert_eq!(read(text), at, "{text}");
            assert_eq!(query_instant(text), at, "{text}");
        }
        for text in [
            "2021-01-01",
            "2021-01-01T00:00:00",
            "2021-01-01T02:00:00 02:00",
        ] {
            assert_eq!((read(text), query_instant(text)), (None, at), "{text}");
        }
        assert_eq!(instant(Form::Local, "2021-01-01T00:00:00.5"), at);
        assert_eq!(read("2016-12-31T23:59:60Z"), read("2016-12-31T23:59:59Z"));
        for text in [
            "2021-01-01T00:00:00+24:00",
            "2021-01-01T00:00:00+01:60",
            "2021-01-01T00:00:00+0100",
            "2021-01-01T00:00:00+01",
            "2021-01-01T00:00:00,5Z",
            "2021-01-01T00:00:00.Z",
            "2021-01-01T10:30Z",
            "2021-01-01T10:30",
            "2016-12-31T12:00:60Z",
            "2021-01-01T24:00:00Z",
            "2021-01-01T00:00:00Z[UTC]",
            "2021-02-30T00:00:00Z",
            "2021-01-01 00:00:00Z",
            "é021-01-01T00:00:00Z",
        ] {
            assert_eq!((read(text), query_instant(text)), (None, None), "{text}");
            assert_eq!(instant(Form::Local, text), None, "{text}");
        }
        assert_eq!(instant(Form::Local, "2021-01-01T00:00:00+01:00"), None);
        assert_eq!(instant(Form::Local, "2016-12-31T23:59:60"), None);
    }
}
