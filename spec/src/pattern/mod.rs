//! Regular expressions of texts, in the language that JSON Schema (ECMA-262, with
//! its flag `u`), Rust and random generation share.
//!
//! They agree on literals, classes, groups, alternatives and repetitions. Where they
//! differ, in `\d`, `\w` and `.`, the form for Rust spells out the meaning in ECMA-262; the
//! rest (`\s`, `\b`, `\p`, look-around, back-references, flags, named groups) is refused.

mod count;
mod length;
mod shared;

use std::fmt;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::Parser;

/// The maximum size of the compiled form, in bytes.
const SIZE: usize = 1 << 20;

/// An expression of the shared language.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    rust: String,
    core: String,
    begins: bool,
    ends: bool,
    lengths: (u32, Option<u32>),
    regex: Regex,
}

/// Why an expression is not in the shared language, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// The byte range in the text.
    pub at: Range<usize>,
    /// The message.
    pub message: String,
}

impl Pattern {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first part that is not in the shared language.
    pub fn read(text: &str) -> Result<Self, Stranger> {
        let ast = Parser::new().parse(text).map_err(|error| Stranger {
            at: error.span().start.offset..error.span().end.offset,
            message: error.kind().to_string(),
        })?;
        let shared::Shared {
            rust,
            core,
            begins,
            ends,
        } = shared::shared(text, &ast)?;
        let whole = |message: String| Stranger {
            at: 0..text.len(),
            message,
        };
        let regex = RegexBuilder::new(&rust).size_limit(SIZE).build();
        let regex = regex.map_err(|error| whole(error.to_string()))?;
        let (least, most) = length::of(&core).ok_or_else(|| whole("it matches nothing".into()))?;
        Ok(Self {
            text: text.to_owned(),
            rust,
            core,
            begins,
            ends,
            lengths: (least, most.filter(|_| begins && ends)),
            regex,
        })
    }

    /// The expression as written in the spec, in ECMA-262 syntax.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The equivalent expression for Rust's `regex`.
    #[must_use]
    pub fn rust(&self) -> &str {
        &self.rust
    }

    /// An expression without anchors that generates some of the matching texts, most of
    /// them of `min` to `max` characters.
    #[must_use]
    pub fn made_of(&self, min: u32, max: u32) -> String {
        let core = length::fitted(&self.core, min, max);
        let core = core.unwrap_or_else(|| self.core.clone());
        let (least, _) = length::of(&core).unwrap_or_default();
        // Without an anchor, any text may precede or follow.
        let missing = min.saturating_sub(least);
        match (self.begins, self.ends) {
            (false, _) => format!("[a-z]{{{missing}}}(?:{core})"),
            (true, false) => format!("(?:{core})[a-z]{{{missing}}}"),
            (true, true) => core,
        }
    }

    /// The minimum length of matching texts, and the maximum if there is one.
    #[must_use]
    pub fn lengths(&self) -> (u32, Option<u32>) {
        self.lengths
    }

    /// An upper bound of the number of matching texts of at most `max` characters; each
    /// repetition counts as if it could use the whole length.
    #[must_use]
    pub fn count(&self, max: u32) -> u64 {
        match self.begins && self.ends {
            true => count::of(&self.core, max),
            // If there is room, any text may precede or follow.
            false if max > self.lengths.0 => u64::MAX,
            false => count::of(&self.core, max),
        }
    }

    /// Whether `text` contains a match.
    #[must_use]
    pub fn is_found(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn what_two_engines_read_differently_is_spelled_out() {
        for (text, rust) in [
            ("^[A-Z]{3}$", "^[A-Z]{3}$"),
            (r"^\d+(?:\.\d{2})?$", r"^[0-9]+(?:\.[0-9]{2})?$"),
            (r"^[\w-]+$", r"^[0-9A-Za-z_-]+$"),
            (r"\W", r"[^0-9A-Za-z_]"),
            ("a.b", "a[^\\n\\r\\u{2028}\\u{2029}]b"),
            (r"^(a|b)\/c$", r"^(a|b)/c$"),
        ] {
            assert_eq!(Pattern::read(text).unwrap().rust(), rust, "{text}");
        }
        assert!(!Pattern::read(r"^\d$").unwrap().is_found("٣"));
    }

    #[test]
    fn what_only_some_engines_know_is_refused_at_its_place() {
        for (text, at) in [
            (r"^\s$", 1..3),
            (r"^\bx", 1..3),
            (r"\p{L}", 0..5),
            ("(?i)a", 0..4),
            ("(?P<n>a)", 0..8),
            ("a(^b)", 2..3),
            ("a|^b", 2..3),
            (r"a\-b", 1..3),
            (r"\#", 0..2),
            ("[[:alpha:]]", 1..10),
            ("[a&&b]", 1..5),
            (r"[^\D]", 2..4),
            (r"\A", 0..2),
            (r"\x{41}", 0..6),
            ("a}", 1..2),
            ("(", 0..1),
            ("(?=a)", 0..3),
        ] {
            let stranger = Pattern::read(text).unwrap_err();
            assert_eq!(stranger.at, at, "{text}: {}", stranger.message);
        }
        assert!(Pattern::read("((a{1000}){1000}){1000}").is_err());
    }

    #[test]
    fn texts_are_made_as_long_as_they_have_to_be() {
        for (text, min, max, made) in [
            ("[aeiou]", 5, 8, "[a-z]{4}(?:[aeiou])"),
            ("^x", 3, 8, "(?:x)[a-z]{2}"),
            ("^[0-9]{3}$", 0, 8, "[0-9]{3}"),
        ] {
            assert_eq!(
                Pattern::read(text).unwrap().made_of(min, max),
                made,
                "{text}"
            );
        }
        let long = Pattern::read("^[A-Z]+-[0-9]*$").unwrap().made_of(60, 70);
        let (least, most) = super::length::of(&long).unwrap();
        assert!(
            least >= 60 && most.is_some_and(|most| most <= 70 + 16),
            "{long}"
        );
    }

    #[test]
    fn texts_are_counted_where_they_are_few() {
        for (text, max, count) in [
            ("^[A-C]$", 9, 3),
            ("^(?:on|off)?$", 9, 3),
            ("^[0-9]{2}$", 9, 100),
            ("^[ab]*$", 2, 7),
            ("^[ab]+-x$", 2, 6),
            ("x", 1, 1),
            ("x", 2, u64::MAX),
            ("^[a-z]{40}$", 99, u64::MAX),
        ] {
            assert_eq!(Pattern::read(text).unwrap().count(max), count, "{text}");
        }
    }

    #[test]
    fn lengths_are_those_of_texts_that_match() {
        for (text, lengths) in [
            ("^[A-Z]{3}$", (3, Some(3))),
            ("^a?(?:bc|é)d*$", (1, None)),
            ("^(?:ab|c){1,2}$", (1, Some(4))),
            ("ab", (2, None)),
            ("^$", (0, Some(0))),
        ] {
            assert_eq!(Pattern::read(text).unwrap().lengths(), lengths, "{text}");
        }
    }
}
