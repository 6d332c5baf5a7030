//! Texts and numbers of a known form.

use oxilangtag::LanguageTag;
use serde_json::{Value, json};

use super::text::{is_email, is_uuid, phone};
use super::time::{instant, print};
use super::wire::is_address;
use crate::model::Type;

/// Types that are text.
pub(super) fn text(ty: &Type, value: &Value) -> Result<Value, &'static str> {
    let (min, max) = match ty {
        Type::Text { min, max } => (*min, *max),
        Type::ExternalId => (1, 255),
        Type::Email { max } => (0, *max),
        Type::Password { min, max } | Type::Secret { min, max } => (*min, *max),
        Type::Url { max } | Type::Host { max } => (0, *max),
        Type::SigningKey(_) => (0, 255),
        Type::Name => (0, 255),
        _ => (0, u32::MAX),
    };
    let value = text_value(value, min, max)?;
    let text = value.as_str().unwrap_or_default();
    match ty {
        Type::Values(values) if !values.iter().any(|other| other == text) => Err("not_a_value"),
        Type::Email { .. } if !is_email(text) => Err("format"),
        Type::TimeZone if !is_zone(text) => Err("not_a_value"),
        Type::Language => match LanguageTag::parse_and_normalize(text) {
            Ok(tag) => Ok(tag.into_inner().into()),
            Err(_) => Err("format"),
        },
        Type::Color => match text.strip_prefix('#') {
            Some(digits) if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) => {
                Ok(text.to_lowercase().into())
            }
            _ => Err("format"),
        },
        Type::Url { .. } if !is_address(text) => Err("format"),
        Type::Host { .. } if !is_host(text) => Err("format"),
        Type::Host { .. } => Ok(text.to_ascii_lowercase().into()),
        Type::SigningKey(known) if !known.is_empty() && !known.iter().any(|one| one == text) => {
            Err("not_a_value")
        }
        Type::Name if !is_name(text) => Err("format"),
        Type::Phone => phone(text).map(Value::from).ok_or("format"),
        Type::DateTime(form) => instant(*form, text)
            .map(|at| print(*form, at).into())
            .ok_or("format"),
        _ => Ok(value),
    }
}

/// Whether the IANA database has this name, upper and lower case as written.
pub(super) fn is_zone(name: &str) -> bool {
    let zones = jiff::tz::TimeZoneDatabase::bundled();
    zones.available().any(|known| known.as_str() == name)
}

/// Labels of letters, digits and inner hyphens with dots between; the last one
/// is no number, as those of addresses are.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let ends = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && label.chars().all(plain) && !ends
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.split('.').all(label) && !last.chars().all(|c| c.is_ascii_digit())
}

/// Whether a text can be the user name of HTTP Basic (RFC 7617 section 2): its
/// password begins behind the first colon.
pub(super) fn is_username(text: &str) -> bool {
    !text.chars().any(|c| c == ':' || c.is_ascii_control())
}

/// A letter, then letters, digits, dots, hyphens and underscores.
pub(super) fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain)
}

/// A text of `min` to `max` characters.
pub(super) fn text_value(value: &Value, min: u32, max: u32) -> Result<Value, &'static str> {
    let Value::String(text) = value else {
        return Err("type");
    };
    let length = text.chars().count();
    match () {
        () if text.contains('\0') => Err("invalid_character"),
        () if length > max as usize => Err("too_long"),
        () if length < min as usize => Err("too_short"),
        () => Ok(value.clone()),
    }
}

/// The whole number that a JSON number is, with a point or an exponent as well;
/// of those only what a double cannot have rounded.
pub(super) fn integer(value: &Value) -> Option<i64> {
    let number = value.as_f64()?;
    let exact = number % 1.0 == 0.0 && number.abs() < 2f64.powi(53);
    value.as_i64().or(exact.then_some(number as i64))
}

/// Whether two values are the same, numbers by what they are.
#[must_use]
pub fn alike(one: &Value, other: &Value) -> bool {
    fn plain(value: &Value) -> Value {
        match value {
            Value::Number(_) => integer(value).map_or_else(|| value.clone(), Value::from),
            Value::Array(items) => items.iter().map(plain).collect(),
            Value::Object(map) => {
                let pairs = map.iter().map(|(name, value)| (name.clone(), plain(value)));
                Value::Object(pairs.collect())
            }
            value => value.clone(),
        }
    }
    plain(one) == plain(other)
}

/// The number as it is printed, when it has at most four decimal digits.
pub(super) fn decimal(number: f64) -> Option<Value> {
    let text = format!("{number}");
    let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    if digits > 4 {
        return None;
    }
    Some(match number.fract() == 0.0 {
        true => json!(number as i64),
        false => json!(number),
    })
}

/// What two external identifiers are compared by.
#[must_use]
pub fn external(text: &str) -> String {
    match is_uuid(text) {
        true => text.to_lowercase(),
        false => text.to_owned(),
    }
}

/// A telephone number in its one form, when the text is one.
#[must_use]
pub fn number(text: &str) -> Option<String> {
    phone(text)
}
