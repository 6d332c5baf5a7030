//! Survivors that are no hole, each with the line or the rule that allows it.

use crate::obligation::fits;

/// Survivors that are no hole: patterns of rewrites, each with a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explained(Vec<(String, String)>);

impl Explained {
    /// Reads the text of a file: a pattern, a tab and a reason on each line; lines that
    /// begin with `#` say what follows.
    ///
    /// # Errors
    /// The number of a line of another form.
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

    /// Why a rewrite, named with its API, may survive.
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
