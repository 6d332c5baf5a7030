//! Names.

use super::facts::{Asked, Facts, PLAIN};

const PATTERN: Option<&str> = Some("^[A-Za-z][A-Za-z0-9._-]*$");

/// A letter, then letters, digits, `.`, `_` and `-`; at most 255 characters.
pub(super) const FACTS: Facts = Facts {
    name: "name",
    form,
    max: Some(255),
    asked: Asked::Text,
    taken: PATTERN,
    shown: PATTERN,
    ..PLAIN
};

fn form(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let fits = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain);
    fits.then(|| text.to_owned())
}
