//! Converts single names of a spec to Rust names.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that cannot be identifiers even with `r#`.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Words that are identifiers in edition 2024 only with `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Module names with a special meaning for Cargo or the compiler, and those inside the module
/// of a resource.
const FILES: &[&str] = &[
    "bin", "lib", "main", "mod", "handlers", "model", "resource", "table", "validate",
];

/// Spellings in which capitals do not mark the start of a word.
const WORDS: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("oAuth", "oauth"),
    ("IPv", "Ipv"),
    ("ETag", "Etag"),
    ("eTag", "etag"),
    ("IDs", "Ids"),
    ("URLs", "Urls"),
    ("iOS", "ios"),
];

/// An identifier; a keyword becomes a raw identifier.
pub(crate) fn raw(name: &str) -> Ident {
    match KEYWORDS.contains(&name) {
        true => Ident::new_raw(name, Span::call_site()),
        false => Ident::new(name, Span::call_site()),
    }
}

/// The name of a member, variable or function.
pub(crate) fn member(wire: &str) -> String {
    allowed(begun(plain(wire).to_snake_case(), "n", "member"))
}

/// What one of many is called, as far as the ending tells.
pub(super) fn singular(many: &str) -> String {
    let one = |end: &str| many.strip_suffix(end).filter(|start| start.len() > 1);
    if let Some(start) = one("ies") {
        return format!("{start}y");
    }
    for end in ["sses", "shes", "ches", "tuses", "xes"] {
        if one(end).is_some() {
            return many[..many.len() - 2].to_owned();
        }
    }
    let stays = ["ss", "us", "is"].iter().any(|end| many.ends_with(end));
    let start = one("s").filter(|_| !stays);
    start.unwrap_or(many).to_owned()
}

/// The name of a module, as it appears in file paths.
pub(super) fn module(wire: &str) -> String {
    let name = allowed(begun(plain(wire).to_snake_case(), "n", "unnamed"));
    match FILES.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// The name of a type, which other words may precede or follow, so it must not end in an
/// underscore.
pub(super) fn ty(wire: &str) -> String {
    let small = |one: char| one.is_ascii_lowercase();
    let legal = wire.starts_with(|one: char| one.is_ascii_uppercase())
        && wire.chars().all(|one| one.is_ascii_alphanumeric())
        && wire.contains(small);
    if legal && wire != "Self" {
        return wire.to_owned();
    }
    match camel(wire).as_str() {
        "Self_" => "SelfType".to_owned(),
        name => name.to_owned(),
    }
}

/// The name of a variant, or the end of a type's name.
pub(super) fn camel(wire: &str) -> String {
    let unreadable = match wire {
        "" => "Empty",
        _ => "Value",
    };
    allowed(begun(plain(wire).to_upper_camel_case(), "N", unreadable))
}

/// Distinct names: the first of several equal ones stays as it is, the others get a number at
/// the end.
#[derive(Debug, Default)]
pub(crate) struct Numbered(BTreeSet<String>);

impl Numbered {
    /// Names that are none of these.
    pub(crate) fn without(taken: &[&str]) -> Self {
        Self(taken.iter().map(|&name| name.to_owned()).collect())
    }

    pub(crate) fn next(&mut self, name: String) -> String {
        let numbers = (2..).map(|count| format!("{name}{count}"));
        let mut all = std::iter::once(name.clone()).chain(numbers);
        let free = all.find(|name| !self.0.contains(name));
        let free = free.unwrap_or(name);
        self.0.insert(free.clone());
        free
    }
}

/// The ASCII letters, digits and separators: others are hard to type in some editors, and the
/// compiler warns about confusable ones.
fn plain(wire: &str) -> String {
    let mut text = wire.to_owned();
    for (written, read) in WORDS {
        text = respelled(&text, written, read);
    }
    text.retain(|c| c.is_ascii());
    text
}

/// Replaces `written` by `read` in `text`, unless a lower-case letter follows, which would be
/// part of another word.
fn respelled(text: &str, written: &str, read: &str) -> String {
    let mut parts = text.split(written);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let ends = !part.starts_with(|c: char| c.is_ascii_lowercase());
        whole.push_str(if ends { read } else { written });
        whole.push_str(part);
    }
    whole
}

/// Makes the name start as Rust names do.
fn begun(name: String, digit: &str, empty: &str) -> String {
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{digit}{name}"),
        Some(_) => name,
    }
}

fn allowed(name: String) -> String {
    match NEVER.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbered, camel, member, module, raw, singular, ty};

    #[test]
    fn one_of_many_is_called_by_its_ending() {
        for (many, one) in [
            ("tools", "tool"),
            ("categories", "category"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("boxes", "box"),
            ("status", "status"),
            ("access", "access"),
            ("s", "s"),
            ("data", "data"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn keywords_and_digits_become_names() {
        for (wire, name) in [
            ("self", "self_"),
            ("Self", "self_"),
            ("pocket2Size", "pocket2_size"),
            ("2nd", "n2nd"),
            ("$ref", "ref"),
            ("日本", "member"),
            ("oAuth2Auth", "oauth2_auth"),
            ("useIPv4", "use_ipv4"),
            ("IPvX", "ipv_x"),
            ("tagIDs", "tag_ids"),
            ("IDstring", "i_dstring"),
            ("xAxis", "x_axis"),
        ] {
            assert_eq!(member(wire), name, "{wire}");
        }
        assert_eq!(raw("gen").to_string(), "r#gen");
        assert_eq!(raw("union").to_string(), "union");
        assert_eq!(module("main"), "main_");
        assert_eq!(module("mod"), "mod_");
        assert_eq!(camel("in-progress"), "InProgress");
        assert_eq!(camel("self"), "Self_");
        assert_eq!(camel("+"), "Value");
        assert_eq!(camel(""), "Empty");
        assert_eq!(ty("Self"), "SelfType");
    }

    #[test]
    fn no_two_names_are_the_same() {
        let mut names = Numbered::default();
        let all = ["a", "a2", "a", "a"].map(|name| names.next(name.to_owned()));
        assert_eq!(all, ["a", "a2", "a3", "a4"]);
    }
}
