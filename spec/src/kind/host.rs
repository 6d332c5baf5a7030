//! Host names.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::given::Given;
use super::text::text;
use crate::model::Type;

/// The maximum length of a host name as text (RFC 1035 section 2.3.4).
const MOST: u32 = 253;

/// A host name with this maximum length, shown in lower case.
pub(super) struct Host(pub(super) u32);

/// A host name with the limit of the row.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    let (_, max) = given.lengths(0, MOST);
    Type::Host { max: max.min(MOST) }
}

impl Kind for Host {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Max | Key::Reserved)
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let text = text(value, 0, self.0)?;
        match is_host(text) {
            true => Ok(text.to_ascii_lowercase().into()),
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

/// Whether `text` is a host name: labels of letters, digits and inner hyphens, separated by
/// dots. The last one is not a number, as in IP addresses.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let ends = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && label.chars().all(plain) && !ends
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.split('.').all(label) && !last.chars().all(|c| c.is_ascii_digit())
}
