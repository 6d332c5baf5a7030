//! Case folding, implemented in Rust so that all stores compare alike.

/// Folds `text` by Unicode simple case folding, which maps each character to one character.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    unicode_case_mapping::case_folded(c)
        .and_then(|folded| char::from_u32(folded.get()))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_one_character_to_one() {
        assert_eq!(fold("STRASSE"), "strasse");
        assert_eq!(fold("ẞ"), "ß");
        assert_eq!(fold("ΣΊΣΥΦΟΣ"), fold("σίσυφος"));
        assert_eq!(fold("İ"), "İ");
        assert_eq!(fold("K"), "k");
    }
}
