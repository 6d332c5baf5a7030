//! Printed forms of moments.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::model::{Form, Type};

/// The moment of `text` in microseconds, cut to what `form` prints.
#[must_use]
pub fn instant(form: Form, text: &str) -> Option<i64> {
    if text
        .chars()
        .nth(10)
        .is_none_or(|t| !t.eq_ignore_ascii_case(&'T'))
        || text.contains('[')
    {
        return None;
    }
    let micros = match form {
        Form::Local => {
            let rest = text.get(11..)?;
            if rest.contains(['Z', 'z', '+', '-']) {
                return None;
            }
            let local: DateTime = text.parse().ok()?;
            local.in_tz("UTC").ok()?.timestamp().as_microsecond()
        }
        Form::SecondsOffset | Form::MillisZ => text.parse::<Timestamp>().ok()?.as_microsecond(),
    };
    let unit = if form == Form::MillisZ {
        1_000
    } else {
        1_000_000
    };
    Some(micros.div_euclid(unit) * unit)
}

/// The moment of an object of a local date and time and its time zone.
#[must_use]
pub fn zoned_moment(ty: &Type, value: &Value) -> Option<i64> {
    let Type::ZonedTime { time, zone, .. } = ty else {
        return None;
    };
    let zone = TimeZone::get(value[zone].as_str()?).ok()?;
    let local: DateTime = value[time].as_str()?.parse().ok()?;
    Some(zone.to_timestamp(local).ok()?.as_microsecond())
}

/// The moment of a query string in microseconds: with an offset or of UTC, a
/// date alone is its midnight, a blank stands where `+` was decoded.
#[must_use]
pub fn moment(text: &str) -> Option<i64> {
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, time.replacen(' ', "+", 1)),
        None => (text, "00:00:00Z".to_owned()),
    };
    if date.len() != 10 || text.contains('[') {
        return None;
    }
    let offset = if time.contains(['Z', 'z', '+', '-']) {
        ""
    } else {
        "Z"
    };
    let at: Timestamp = format!("{date}T{time}{offset}").parse().ok()?;
    Some(at.as_microsecond())
}

/// The moment as `form` prints it.
#[must_use]
pub fn print(form: Form, micros: i64) -> String {
    let Ok(moment) = Timestamp::from_microsecond(micros) else {
        return String::new();
    };
    let pattern = match form {
        Form::SecondsOffset => "%Y-%m-%dT%H:%M:%S+00:00",
        Form::MillisZ => "%Y-%m-%dT%H:%M:%S.%3fZ",
        Form::Local => "%Y-%m-%dT%H:%M:%S",
    };
    moment.strftime(pattern).to_string()
}
