//! Patterns for accepted texts in ECMA-262 syntax.

/// Text without U+0000, which no store can keep.
pub(crate) const TEXT: &str = "^[^\\u0000]*$";

/// Only blanks (Unicode White_Space, which is more than `\s`), or empty.
pub(crate) const BLANK: &str = concat!(
    "^[\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a",
    "\\u2028\\u2029\\u202f\\u205f\\u3000]*$"
);

/// One of these texts, ignoring case.
pub(crate) fn folded(texts: &[&str]) -> String {
    let all: Vec<String> = texts.iter().map(|text| caseless(text)).collect();
    format!("^(?:{})$", all.join("|"))
}

/// Two texts with these minimum lengths, separated by `part`.
pub(crate) fn split(part: &str, least: [u32; 2]) -> String {
    let part: String = part.chars().map(literal).collect();
    let [first, second] = least.map(|least| format!("[^\\u0000]{{{least},}}"));
    format!("^{first}{part}{second}$")
}

/// Some of these texts, separated by commas.
pub(crate) fn listed(texts: &[String]) -> String {
    let one = |text: &String| text.chars().map(literal).collect();
    let all: Vec<String> = texts.iter().map(one).collect();
    let any = all.join("|");
    format!("^\\s*(?:{any})\\s*(?:,\\s*(?:{any})\\s*)*$")
}

/// A text, ignoring case, as part of a pattern.
pub(crate) fn caseless(text: &str) -> String {
    let one = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        false => literal(c),
    };
    text.chars().map(one).collect()
}

fn literal(c: char) -> String {
    match "^$\\.*+?()[]{}|/".contains(c) {
        true => format!("\\{c}"),
        false => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, listed, split};

    #[test]
    fn texts_stand_in_patterns_as_they_are() {
        assert_eq!(folded(&["a+", "1"]), "^(?:[Aa]\\+|1)$");
        assert_eq!(split(".", [1, 0]), "^[^\\u0000]{1,}\\.[^\\u0000]{0,}$");
        let texts = ["a".to_owned(), "b".to_owned()];
        assert_eq!(listed(&texts), "^\\s*(?:a|b)\\s*(?:,\\s*(?:a|b)\\s*)*$");
    }
}
