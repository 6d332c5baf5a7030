//! Patterns of texts that are taken, as ECMA-262 writes them.

/// Text without U+0000, which no store can keep.
pub(in crate::document) const TEXT: &str = "^[^\\u0000]*$";

/// Blanks alone (Unicode White_Space, which is more than `\s`), or nothing.
pub(super) const BLANK: &str = concat!(
    "^[\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a",
    "\\u2028\\u2029\\u202f\\u205f\\u3000]*$"
);

/// An address (RFC 5322 section 3.4.1) without quoting.
pub(super) const EMAIL: &str = concat!(
    "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*",
    "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
    "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
);

/// The part before the `@` (RFC 5321 section 4.5.3.1.1).
pub(super) const LOCAL: &str = "^[^@]{1,64}@";

/// A telephone number as it is shown (ITU-T E.164).
pub(super) const PHONE: &str = "^\\+[1-9][0-9]{6,14}$";

/// The same with blanks, dots, hyphens and parentheses anywhere.
pub(super) const DIALLED: &str = "^[ .()-]*\\+[ .()-]*[1-9](?:[ .()-]*[0-9]){6,14}[ .()-]*$";

/// A language tag (RFC 5646 section 2.1): language, script, region, variants,
/// extensions and what is private; and those that were registered before.
pub(super) const LANGUAGE: &str = concat!(
    "^(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})",
    "(?:-[A-Za-z]{4})?",
    "(?:-(?:[A-Za-z]{2}|[0-9]{3}))?",
    "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*",
    "(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*",
    "(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?",
    "|[Xx](?:-[A-Za-z0-9]{1,8})+",
    "|[Ii]-[A-Za-z0-9]{2,8}",
    "|[Ee][Nn]-[Gg][Bb]-[Oo][Ee][Dd]",
    "|[Ss][Gg][Nn]-(?:[Bb][Ee]-(?:[Ff][Rr]|[Nn][Ll])|[Cc][Hh]-[Dd][Ee]))$"
);

/// A name: a letter, then letters, digits, `.`, `_` and `-`.
pub(super) const NAME: &str = "^[A-Za-z][A-Za-z0-9._-]*$";

/// An absolute address without credentials and without a fragment.
pub(super) const URL: &str =
    "^[Hh][Tt][Tt][Pp][Ss]?://[!-\"$-.0->A-\\[\\]-~]+(?:[/?][!-\"$-\\[\\]-~]*)?$";

/// The name of a host (RFC 1123 section 2.1), of which the last label is no number.
pub(super) const HOST: &str = concat!(
    "^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*",
    "(?![0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
);

/// The same as it is shown.
pub(super) const LOWER_HOST: &str = concat!(
    "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*",
    "(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
);

/// The user name of HTTP Basic (RFC 7617 section 2).
pub(super) const USER: &str = "^[^:\\u0000-\\u001f\\u007f]*$";

/// The name of a header field (RFC 9110 section 5.1).
pub(super) const FIELD: &str = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";

/// Its value, without blanks at its ends.
pub(super) const VALUE: &str = "^(?:[!-~](?:[\\u0009 -~]*[!-~])?)?$";

/// A date, and a time up to its seconds (RFC 3339 section 5.6).
macro_rules! date {
    () => {
        "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    };
}
macro_rules! time {
    ($seconds:literal) => {
        concat!(
            "[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:",
            $seconds,
            "(?:\\.[0-9]+)?"
        )
    };
}
macro_rules! offset {
    () => {
        "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    };
}

/// A date and time without a zone.
pub(super) const CIVIL: &str = concat!(date!(), time!("[0-5][0-9]"), "$");

/// A date and time with any offset.
pub(super) const MOMENT: &str = concat!(
    date!(),
    time!("(?:[0-5][0-9]|60)"),
    "(?:[Zz]|[+-]",
    offset!(),
    ")$"
);

/// A moment in a query, where it may lack more and `+` reads as a blank.
pub(in crate::document) const ASKED: &str = concat!(
    date!(),
    "(?:",
    time!("(?:[0-5][0-9]|60)"),
    "(?:[Zz]|[ +-]",
    offset!(),
    ")?)?$"
);

/// One of these texts in any case.
pub(in crate::document) fn folded(texts: &[&str]) -> String {
    let one = |text: &&str| -> String { text.chars().map(either).collect() };
    let all: Vec<String> = texts.iter().map(one).collect();
    format!("^(?:{})$", all.join("|"))
}

/// Two texts of these lengths at least, with `part` between them.
pub(super) fn split(part: &str, least: [u32; 2]) -> String {
    let part: String = part.chars().map(literal).collect();
    let [first, second] = least.map(|least| format!("[^\\u0000]{{{least},}}"));
    format!("^{first}{part}{second}$")
}

/// Some of these texts, with commas between.
pub(in crate::document) fn listed(texts: &[String]) -> String {
    let one = |text: &String| text.chars().map(literal).collect();
    let all: Vec<String> = texts.iter().map(one).collect();
    let any = all.join("|");
    format!("^\\s*(?:{any})\\s*(?:,\\s*(?:{any})\\s*)*$")
}

/// One of these names, of which `*` at the end is any rest, in any case.
pub(super) fn names(names: &[String]) -> String {
    let one = |name: &String| match name.strip_suffix('*') {
        Some(start) => start.chars().map(either).collect::<String>() + ".*",
        None => name.chars().map(either).collect(),
    };
    let all: Vec<String> = names.iter().map(one).collect();
    format!("^(?:{})$", all.join("|"))
}

fn either(c: char) -> String {
    match c.is_ascii_alphabetic() {
        true => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        false => literal(c),
    }
}

fn literal(c: char) -> String {
    match "^$\\.*+?()[]{}|/".contains(c) {
        true => format!("\\{c}"),
        false => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, listed, names, split};

    #[test]
    fn texts_stand_in_patterns_as_they_are() {
        assert_eq!(folded(&["a+", "1"]), "^(?:[Aa]\\+|1)$");
        assert_eq!(split(".", [1, 0]), "^[^\\u0000]{1,}\\.[^\\u0000]{0,}$");
        let texts = ["a".to_owned(), "b".to_owned()];
        assert_eq!(listed(&texts), "^\\s*(?:a|b)\\s*(?:,\\s*(?:a|b)\\s*)*$");
        assert_eq!(names(&["x-*".to_owned()]), "^(?:[Xx]-.*)$");
    }
}
