//! Serde attributes for names on the wire.

use serde::Serialize;

/// A rule for all names of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum RenameAll {
    #[serde(rename = "camelCase")]
    Camel,
    #[serde(rename = "lowercase")]
    Lower,
    #[serde(rename = "snake_case")]
    Snake,
    #[serde(rename = "UPPERCASE")]
    Upper,
}

impl RenameAll {
    /// The rule's name in serde.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Camel => "camelCase",
            Self::Lower => "lowercase",
            Self::Snake => "snake_case",
            Self::Upper => "UPPERCASE",
        }
    }

    /// The name that serde makes from that of a member or variant.
    fn apply(self, name: &str) -> String {
        match self {
            Self::Camel => {
                let mut parts = name.split('_').filter(|part| !part.is_empty());
                let first = parts.next().unwrap_or_default();
                let (head, tail) = first.split_at(first.len().min(1));
                let rest = parts.map(|part| {
                    let (head, tail) = part.split_at(1);
                    head.to_ascii_uppercase() + tail
                });
                head.to_ascii_lowercase() + tail + &rest.collect::<String>()
            }
            Self::Lower => name.to_ascii_lowercase(),
            Self::Snake => {
                let mut text = String::new();
                for (at, c) in name.char_indices() {
                    if at > 0 && c.is_ascii_uppercase() {
                        text.push('_');
                    }
                    text.push(c.to_ascii_lowercase());
                }
                text
            }
            Self::Upper => name.to_ascii_uppercase(),
        }
    }
}

/// The rule among `rules` that makes most explicit names unnecessary, if one saves any.
pub(super) fn rename_all(names: &[(&str, &str)], rules: &[RenameAll]) -> Option<RenameAll> {
    let own = |rule| {
        names
            .iter()
            .filter(|(wire, name)| is_named(wire, name, rule))
            .count()
    };
    let best = rules
        .iter()
        .copied()
        .rev()
        .max_by_key(|rule| own(Some(*rule)));
    best.filter(|rule| own(Some(*rule)) > own(None) + 1)
}

/// Whether the name on the wire follows from that in Rust.
pub(super) fn is_named(wire: &str, name: &str, rule: Option<RenameAll>) -> bool {
    match rule {
        Some(rule) => rule.apply(name) == wire,
        None => name == wire,
    }
}
