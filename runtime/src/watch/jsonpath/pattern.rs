//! Patterns of `match` and `search` (I-Regexp, RFC 9485).

use regex::{Regex, RegexBuilder};

use super::{Budget, Spent};

/// Largest compiled pattern in bytes.
const LARGEST: usize = 1 << 18;

/// Bytes of a compiled pattern that make a byte of text cost one step more.
const SHARE: usize = 1 << 10;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    regex: Regex,
    /// Steps for each byte of a text.
    cost: u64,
}

impl Pattern {
    /// Compiles a pattern for `whole` texts or for any part of one.
    ///
    /// # Errors
    /// A text that is no pattern, or one that is too large when it is compiled.
    pub(super) fn new(pattern: &str, whole: bool) -> Result<Self, String> {
        let mut text = dots(pattern);
        if whole {
            text = format!("^(?:{text})$");
        }
        // The library does not say how large a pattern is, but what fits.
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

/// A dot is any character but the ends of a line (RFC 9485 section 5.4).
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
