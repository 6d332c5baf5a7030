//! Email addresses.

use serde_json::Value;

use super::facts::{Bounds, Key, Kind};
use super::given::Given;
use super::text::text;
use crate::model::Type;
use crate::syntax::Asks;

/// The maximum length if a field sets no `max` (RFC 5321).
const MOST: u32 = 254;

/// An email address with this maximum length.
pub(super) struct Email(pub(super) u32);

/// An email address with the limit of the row.
pub(super) fn resolve(given: &Given<'_>) -> Type {
    let (_, max) = given.lengths(0, MOST);
    Type::Email { max }
}

impl Kind for Email {
    fn takes(&self, key: Key) -> bool {
        matches!(key, Key::Max | Key::Reserved | Key::Lenient | Key::Blank)
    }

    fn carries(&self, asks: Asks) -> bool {
        asks.is_textual()
    }

    fn read(&self, value: &Value) -> Result<Value, &'static str> {
        match is_email(text(value, 0, self.0)?) {
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

/// Whether `text` is an email address: dotted atoms, `@`, host labels.
fn is_email(text: &str) -> bool {
    let Some(at) = text.find('@') else {
        return false;
    };
    let (local, domain) = (&text[..at], &text[at + 1..]);
    if local.len() > 64 || !text.is_ascii() {
        return false;
    }
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let atoms = local
        .split('.')
        .all(|part| !part.is_empty() && part.chars().all(atom));
    let label = |part: &str| {
        let inner = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        inner
            && !part.is_empty()
            && part.len() < 64
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    atoms && domain.split('.').all(label)
}
