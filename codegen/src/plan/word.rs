//! Words of a spec as names of Rust, one at a time.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that cannot be names even with `r#`.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Words of edition 2024 that are names only with `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Modules whose files Cargo or the compiler look for themselves, and those inside
/// the module of a resource.
const FILES: &[&str] = &[
    "bin", "lib", "main", "mod", "handlers", "model", "resource", "table", "validate",
];

/// Spellings whose capitals do not say where words begin.
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

/// An identifier; a keyword is raw.
pub(crate) fn raw(name: &str) -> Ident {
    match KEYWORDS.contains(&name) {
        true => Ident::new_raw(name, Span::call_site()),
        false => Ident::new(name, Span::call_site()),
    }
}

/// The name of a member, variable or function.
pub(super) fn member(wire: &str) -> String {
    allowed(begun(plain(wire).to_snake_case(), "n", "member"))
}

/// The name of a module, as it stands in paths of files.
pub(super) fn module(wire: &str) -> String {
    let name = allowed(begun(plain(wire).to_snake_case(), "n", "unnamed"));
    match FILES.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// The name of a type, to which others are put before or behind: an underscore
/// would stand inside of those.
pub(super) fn ty(wire: &str) -> String {
    match camel(wire).as_str() {
        "Self_" => "SelfType".to_owned(),
        name => name.to_owned(),
    }
}

/// The name of a variant, or the end of that of a type.
pub(super) fn camel(wire: &str) -> String {
    allowed(begun(plain(wire).to_upper_camel_case(), "N", "Empty"))
}

/// Names of which no two are the same: the first of several keeps its own, the
/// others have a number behind it.
#[derive(Debug, Default)]
pub(crate) struct Numbered(BTreeSet<String>);

impl Numbered {
    pub(crate) fn next(&mut self, name: String) -> String {
        let numbers = (2..).map(|count| format!("{name}{count}"));
        let mut all = std::iter::once(name.clone()).chain(numbers);
        let free = all.find(|name| !self.0.contains(name));
        let free = free.unwrap_or(name);
        self.0.insert(free.clone());
        free
    }
}

/// The letters, digits and separators of ASCII: others are not in every editor's
/// reach, and the compiler warns of those that look alike.
fn plain(wire: &str) -> String {
    let mut text = wire.to_owned();
    for (written, read) in WORDS {
        text = respelled(&text, written, read);
    }
    text.retain(|c| c.is_ascii());
    text
}

/// `text` with `read` in place of `written`, where no lower-case letter follows
/// as the rest of another word.
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

/// A name that begins as Rust names do.
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
    use super::{Numbered, camel, member, module, raw, ty};

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
        assert_eq!(camel("+"), "Empty");
        assert_eq!(ty("Self"), "SelfType");
    }

    #[test]
    fn no_two_names_are_the_same() {
        let mut names = Numbered::default();
        let all = ["a", "a2", "a", "a"].map(|name| names.next(name.to_owned()));
        assert_eq!(all, ["a", "a2", "a3", "a4"]);
    }
}
