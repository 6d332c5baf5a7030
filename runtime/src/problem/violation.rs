//! Single violations.

use serde_json::{Value, json};

/// Maximum length of a location and of an explanation, in bytes.
const LONGEST: usize = 500;

/// A single reason why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Its location.
    pub at: At,
    /// Its code: `required`, `type`, `too_long`, `read_only` and so on.
    pub code: &'static str,
    /// A description of what would be legal.
    pub detail: String,
}

/// A location in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// A value of the body, by JSON Pointer (RFC 6901).
    Pointer(String),
    /// A parameter of the query string, by name.
    Parameter(String),
    /// A header, by name.
    Header(String),
}

impl Violation {
    /// The violation in house format.
    #[must_use]
    pub fn json(&self) -> Value {
        let (kind, place) = match &self.at {
            At::Pointer(place) => ("pointer", place),
            At::Parameter(place) => ("parameter", place),
            At::Header(place) => ("header", place),
        };
        json!({ kind: place, "code": self.code, "detail": self.detail })
    }

    /// The same violation, shortened: a long pointer becomes that of an enclosing value, which
    /// is valid as well.
    #[must_use]
    pub(super) fn shortened(mut self) -> Self {
        match &mut self.at {
            At::Pointer(place) => {
                while place.len() > LONGEST {
                    place.truncate(place.rfind('/').unwrap_or_default());
                }
                place.shrink_to_fit();
            }
            At::Parameter(name) | At::Header(name) => shorten(name),
        }
        shorten(&mut self.detail);
        self
    }
}

/// Cuts a long text and marks the cut.
pub(super) fn shorten(text: &mut String) {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
        text.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Violation};

    fn shortened(at: At) -> At {
        let detail = "é".repeat(1_000);
        let code = "type";
        let short = Violation { at, code, detail }.shortened();
        assert!(short.detail.len() < 510 && short.detail.ends_with("é…"));
        short.at
    }

    #[test]
    fn a_long_place_is_that_of_the_value_around_it() {
        let (short, long) = ("/a/0".to_owned(), "x".repeat(1_000));
        let inside = At::Pointer(format!("{short}/{long}/1/b"));
        assert_eq!(shortened(inside), At::Pointer(short.clone()));
        assert_eq!(shortened(At::Pointer(short.clone())), At::Pointer(short));
        let cut = At::Parameter(format!("{}…", "x".repeat(500)));
        assert_eq!(shortened(At::Parameter(long)), cut);
    }
}
