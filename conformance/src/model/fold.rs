//! Unicode simple case folding.

/// `text` with every character folded to one character.
#[must_use]
pub fn fold(text: &str) -> String {
    let folded = |c: char| match unicode_case_mapping::case_folded(c) {
        Some(code) => char::from_u32(code.get()).unwrap_or(c),
        None => c,
    };
    text.chars().map(folded).collect()
}
