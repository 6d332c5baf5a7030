//! Texts joined from other members.

/// A member that is part of a joined text.
pub trait Part {
    /// Its text, if it has one.
    fn text(&self) -> Option<&str>;
}

impl Part for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Part for &str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<P: Part> Part for Option<P> {
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

/// Joins the parts that are neither missing nor blank, with single blanks.
#[must_use]
pub fn join(parts: &[&dyn Part]) -> String {
    let mut joined = String::new();
    for part in parts.iter().filter_map(|part| part.text()) {
        if part.trim().is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn skips_what_is_missing_or_blank() {
        let none: Option<String> = None;
        assert_eq!(join(&[&"a", &none, &Some(" "), &"b".to_owned()]), "a b");
        assert_eq!(join(&[&none, &""]), "");
    }
}
