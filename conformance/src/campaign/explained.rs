//! Survivors that are not holes, each with the line or rule that allows it.

use crate::obligation::fits;

/// Survivors that are not holes: patterns of rewrites, each with a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explained(Vec<(String, String)>);

impl Explained {
    /// Reads the text of a file: a pattern, a tab and a reason on each line; lines that
    /// begin with `#` are comments.
    ///
    /// # Errors
    /// The number of an invalid line.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut all = Vec::new();
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('\t') {
                Some((pattern, reason)) if !reason.trim().is_empty() => {
                    all.push((pattern.to_owned(), reason.trim().to_owned()));
                }
                _ => return Err(at + 1),
            }
        }
        Ok(Self(all))
    }

    /// The reason why a rewrite may survive; `name` begins with its API.
    #[must_use]
    pub fn reason(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(pattern, _)| fits(pattern, name));
        found.map(|(_, reason)| reason.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Explained;

    #[test]
    fn a_pattern_has_a_reason() {
        let text = "# head\n\n*: answer order *\tRFC 8259 section 4\n";
        let read = Explained::read(text).unwrap();
        let name = "shelves: GET /shelves 200: answer order $[*]";
        assert_eq!(read.reason(name), Some("RFC 8259 section 4"));
        assert_eq!(
            read.reason("shelves: GET /shelves 200: answer drop $"),
            None
        );
        assert_eq!(Explained::read("*\n"), Err(1));
    }
}
