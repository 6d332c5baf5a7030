//! Names on the wire that serde makes from those in Rust.

/// Whether the name on the wire is that in Rust, or that in camel case.
pub(super) fn is_named(wire: &str, name: &str, camel: bool) -> bool {
    match camel {
        true => in_camel_case(name) == wire,
        false => name == wire,
    }
}

/// What serde's `camelCase` makes of the name of a member.
fn in_camel_case(name: &str) -> String {
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let (head, tail) = first.split_at(first.len().min(1));
    let rest = parts.map(|part| {
        let (head, tail) = part.split_at(1);
        head.to_ascii_uppercase() + tail
    });
    head.to_ascii_lowercase() + tail + &rest.collect::<String>()
}
