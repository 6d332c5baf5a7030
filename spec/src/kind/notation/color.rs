//! Colours.

use super::facts::{Facts, PLAIN};

/// `#` and six hexadecimal digits, shown in lower case.
pub(super) const FACTS: Facts = Facts {
    name: "color",
    form,
    lengths: (7, 7),
    taken: Some("^#[0-9A-Fa-f]{6}$"),
    shown: Some("^#[0-9a-f]{6}$"),
    ..PLAIN
};

fn form(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    let fits = digits.len() == 6 && digits.bytes().all(|c| c.is_ascii_hexdigit());
    fits.then(|| text.to_ascii_lowercase())
}
