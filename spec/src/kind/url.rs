//! HTTP URLs.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::given::Given;
use super::text::text;
use crate::model::Type;

/// The maximum length if a field sets no `max`.
const MOST: u32 = 2_000;

/// A URL with the scheme `http` or `https`, with this maximum length.
pub(super) struct Url(pub(super) u32);

/// A URL with the limit of the row.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    let (_, max) = given.lengths(0, MOST);
    Type::Url { max }
}

impl Kind for Url {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Max | Key::Reserved)
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match is_address(text(value, 0, self.0)?) {
            true => Ok(value.clone()),
            false => Err("format"),
        }
    }

    fn bounds(&self) -> Option<Bounds> {
        Some(Bounds::Length(0, self.0))
    }

    fn lengths(&self) -> (u32, u32) {
        (1, self.0)
    }
}

/// Whether `text` is an absolute URL without credentials and fragment.
fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let plain = text
        .chars()
        .all(|c| c.is_ascii_graphic() && !"\\#\"<>^`{|}".contains(c));
    let Some(rest) = rest.filter(|_| plain) else {
        return false;
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) => (host, port.strip_prefix(':')),
            None => return false,
        },
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let digits = |port: &str| port.parse::<u16>().is_ok();
    let legal = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
    !host.is_empty() && host.chars().all(legal) && port.is_none_or(digits)
}
