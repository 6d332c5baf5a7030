//! Lint FP318: invalid names for generated code.

use std::collections::BTreeMap;

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Invalid names for generated code.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP318",
        "name that code cannot have",
        "The key rust says what generated code calls a member: a lower-case letter or _, then lower-case letters, digits and _, no word of the language, and no name that another member of the object is given. The name on the wire is any text but none at all. Without the key a name is made of the one on the wire.",
        "write another name, or leave out `rust`",
    ),
    run,
};

/// Reserved words of Rust; `self`, `super`, `crate` and `_` have no raw form either.
const WORDS: &[&str] = &[
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn run(lint: &Lint, context: &mut Context<'_>) {
    let mut seen: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    for place in context.fields() {
        if place.name.is_empty() {
            let path = [place.group, place.owner, "fields", place.name];
            lint.report(context, &path, "a member without a name cannot be sent");
        }
        let Some(name) = &place.field.rust else {
            continue;
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let legal = name.chars().all(plain)
            && name.starts_with(|c: char| !c.is_ascii_digit())
            && !WORDS.contains(&name.as_str());
        if !legal {
            let message = format!("`{name}` cannot name a member in code");
            let help = "use lower-case letters, digits and `_`, no word of Rust";
            lint.report_with(context, &place.path("rust"), message, help);
        }
        if let Some(first) = seen.insert((place.group, place.owner, name), place.name) {
            let message = format!("`{first}` is called `{name}` already");
            lint.report(context, &place.path("rust"), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn a_name_in_code_is_one_that_rust_takes() {
        fields(
            r#"
tags: { type: [string], rust: Tags }
                              ^^^^ FP318: `Tags` cannot name a member in code
                              = use lower-case letters, digits and `_`, no word of Rust

tags: { type: [string], rust: fn }
                              ^^ FP318: `fn` cannot name a member in code
                              = use lower-case letters, digits and `_`, no word of Rust

tags: { type: [string], rust: tags }
Tags: { type: string, rust: tags }
                            ^^^^ FP318: `tags` is called `tags` already

"": { type: string }
^^ FP318: a member without a name cannot be sent
"#,
        );
    }

    #[test]
    fn names_on_the_wire_are_free() {
        fields(
            r#"
_id: { type: string }
id: { type: string, rust: other }

$ref: { type: string }
ref: { type: string, rust: other }

host-fqdn: { type: string }
host_fqdn: { type: string, rust: other }

Tags: { type: string }
tags: { type: string, rust: other }

é: { type: string }
日本: { type: string, rust: other }

2fa: { type: string }
self: { type: string, rust: other }
"#,
        );
    }
}
