//! Unicode simple case folding.

/// `text` with every character folded to one character.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().map(folded).collect()
}

fn folded(c: char) -> char {
    // Most letters are those of ASCII, and need no table.
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = unicode_case_mapping::case_folded(c);
    code.and_then(|code| char::from_u32(code.get()))
        .unwrap_or(c)
}
