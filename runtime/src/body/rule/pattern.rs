//! Texts that match a regular expression.

use std::sync::OnceLock;

use regex::Regex;
use serde_json::Value;

use super::Rule;
use super::lenient::Loose;
use crate::body::Reading;

/// A regular expression that is compiled on first use. It matches in linear time, so no text
/// can block others.
#[derive(Debug)]
pub struct Regular {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Regular {
    /// The expression `text`, in the syntax of the `regex` crate.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let compiled = OnceLock::new();
        Self { text, compiled }
    }

    /// Whether the expression matches somewhere in `text`. An expression that does not compile
    /// matches nothing.
    fn is_found(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.text).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// A [`Regular`](crate::body::rule::Regular) that is compiled once per process.
#[macro_export]
macro_rules! regular {
    ($text:literal) => {{
        static REGULAR: $crate::body::rule::Regular = $crate::body::rule::Regular::new($text);
        &REGULAR
    }};
}

/// A text in which the expression matches.
#[derive(Debug, Clone, Copy)]
pub struct Pattern<R>(pub &'static Regular, pub R);

impl<R: Rule<Value = String>> Rule for Pattern<R> {
    type Value = String;

    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<String> {
        let text = self.1.read(value, pointer, reading)?;
        if !self.0.is_found(&text) {
            let detail = format!("must match the pattern {}", self.0.text);
            reading.refuse(pointer, "format", detail);
            return None;
        }
        Some(text)
    }
}

impl<R: Loose<Value = String>> Loose for Pattern<R> {
    fn meant(value: Value) -> Value {
        R::meant(value)
    }
}
