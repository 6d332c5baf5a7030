//! Texts joined from other members.

/// The parts that are neither missing nor blank, with single blanks between.
#[must_use]
pub fn join(parts: &[Option<&str>]) -> String {
    let mut joined = String::new();
    for part in parts.iter().flatten() {
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
        assert_eq!(join(&[Some("a"), None, Some(" "), Some("b")]), "a b");
        assert_eq!(join(&[None, Some("")]), "");
    }
}
