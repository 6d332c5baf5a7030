//! Wire names to Rust names.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that cannot be names even with `r#`.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// The name of a field, variable or function.
pub(crate) fn ident(wire: &str) -> Ident {
    let name = word(&wire.to_snake_case());
    if NEVER.contains(&name.as_str()) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    syn::parse_str(&name).unwrap_or_else(|_| Ident::new_raw(&name, Span::call_site()))
}

/// The name of a type or variant.
pub(crate) fn type_name(wire: &str) -> Ident {
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
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ident, type_name};

    #[test]
    fn keywords_and_digits_become_names() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("alpha2Code").to_string(), "alpha2_code");
        assert_eq!(ident("2nd").to_string(), "n2nd");
        assert_eq!(type_name("Result").to_string(), "Result");
        assert_eq!(type_name("self").to_string(), "Self_");
        assert_eq!(type_name("in-progress").to_string(), "InProgress");
    }
}
