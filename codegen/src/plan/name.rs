//! Wire names to Rust names.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that cannot be names even with `r#`.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// The name of a field, variable or function.
pub(crate) fn ident(wire: &str) -> Ident {
    let name = word(&wire.to_snake_case()).to_lowercase();
    if NEVER.contains(&name.as_str()) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    syn::parse_str(&name).unwrap_or_else(|_| Ident::new_raw(&name, Span::call_site()))
}

/// Names that emitted files use without a path: a type of a spec with one of
/// them gets another name in Rust, and keeps its own on the wire.
const TAKEN: &[&str] = &[
    "Answer",
    "Arc",
    "Birth",
    "Body",
    "Call",
    "Cell",
    "Change",
    "Default",
    "Draft",
    "Embeds",
    "Instant",
    "LazyLock",
    "Members",
    "Option",
    "Presence",
    "Problem",
    "Reading",
    "Reference",
    "Resource",
    "Result",
    "Service",
    "State",
    "String",
    "Table",
    "ToCell",
    "Vec",
];

/// The name of a resource, object or table.
pub(crate) fn type_name(wire: &str) -> Ident {
    let name = variant(wire);
    match TAKEN.iter().any(|taken| name == taken) {
        true => Ident::new(&format!("{name}Model"), Span::call_site()),
        false => name,
    }
}

/// The names of the variants for a closed list of texts, all different.
pub(crate) fn variants(texts: &[String]) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    for text in texts {
        let name = variant(text);
        let mut unique = name.clone();
        let mut count = 1;
        while names.contains(&unique) {
            count += 1;
            unique = Ident::new(&format!("{name}{count}"), Span::call_site());
        }
        names.push(unique);
    }
    names
}

fn variant(wire: &str) -> Ident {
    let name = word(&wire.to_upper_camel_case());
    let name = if NEVER.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    };
    Ident::new(&name, Span::call_site())
}

/// The name of a module, as it stands in paths of files.
pub(crate) fn module(wire: &str) -> String {
    ident(wire).to_string().trim_start_matches("r#").to_owned()
}

/// A word that begins as Rust names do.
fn word(name: &str) -> String {
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ident, type_name, variants};

    #[test]
    fn keywords_and_digits_become_names() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("pocket2Size").to_string(), "pocket2_size");
        assert_eq!(ident("2nd").to_string(), "n2nd");
        assert_eq!(type_name("Result").to_string(), "ResultModel");
        let names = variants(&["a", "A", "", "1"].map(str::to_owned));
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["A", "A2", "Empty", "N1"]);
        assert_eq!(type_name("self").to_string(), "Self_");
        assert_eq!(type_name("in-progress").to_string(), "InProgress");
    }
}
