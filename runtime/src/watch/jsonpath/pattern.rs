//! Patterns of `match` and `search` (I-Regexp, RFC 9485).

use regex::{Regex, RegexBuilder};

use super::{Budget, Spent};

/// Maximum size of a compiled pattern in bytes.
const LARGEST: usize = 1 << 18;

/// Number of bytes in a compiled pattern that add one step per byte of text.
const SHARE: usize = 1 << 10;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    regex: Regex,
    /// Number of steps per byte of text.
    cost: u64,
}

impl Pattern {
    /// Compiles a pattern that matches `whole` texts or any part of one.
    ///
    /// # Errors
    /// The text is not a pattern, or the compiled pattern is too large.
    pub(super) fn new(pattern: &str, whole: bool) -> Result<Self, String> {
        let mut text = dots(pattern);
        if whole {
            text = format!("^(?:{text})$");
        }
        // The library does not report the size of a pattern, only whether it fits a limit.
        let mut size = SHARE;
        loop {
            let mut builder = RegexBuilder::new(&text);
            let built = builder.size_limit(size).dfa_size_limit(LARGEST).build();
            match built {
                Ok(regex) => {
                    let cost = 1 + (size / SHARE) as u64;
                    return Ok(Self { regex, cost });
                }
                Err(regex::Error::CompiledTooBig(_)) if size < LARGEST => size *= 2,
                Err(_) => {
                    return Err(format!("`{pattern}` is not a pattern, or a very large one"));
                }
            }
        }
    }

    pub(super) fn matches(&self, text: &str, budget: &mut Budget) -> Result<bool, Spent> {
        budget.spend(self.cost.saturating_mul(1 + text.len() as u64))?;
        Ok(self.regex.is_match(text))
    }
}

/// A dot matches any character except line terminators (RFC 9485 section 5.4).
fn dots(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let (mut class, mut escaped) = (false, false);
    for c in pattern.chars() {
        match c {
            '.' if !class && !escaped => {
                text.push_str("[^\\n\\r]");
                continue;
            }
            '[' if !escaped => class = true,
            ']' if !escaped => class = false,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        text.push(c);
    }
    text
}
