//! HTTP header fields.

use serde_json::{Map, Value};

use super::pointer::below;
use super::violation::Violation;

/// Checks header fields; `reserved` are names that must not be used.
pub(super) fn headers(
    map: &Map<String, Value>,
    reserved: &[String],
    pointer: &str,
    found: &mut Vec<Violation>,
) {
    // Too many fields are not checked one by one.
    if map.len() > 50 {
        return found.push(Violation::new(pointer, "too_many_items"));
    }
    for (at, (name, value)) in map.iter().enumerate() {
        let place = below(pointer, name);
        let lower = name.to_lowercase();
        let taken = reserved
            .iter()
            .any(|one| match one.to_lowercase().strip_suffix('*') {
                Some(start) => lower.starts_with(start),
                None => one.to_lowercase() == lower,
            });
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let twice = map
            .keys()
            .take(at)
            .any(|other| other.to_lowercase() == lower);
        match () {
            () if name.is_empty() || !name.chars().all(token) => {
                found.push(Violation::new(&place, "format"));
            }
            () if taken => found.push(Violation::new(&place, "reserved")),
            () if twice => found.push(Violation::new(&place, "duplicate")),
            () => {}
        }
        match value.as_str() {
            None => found.push(Violation::new(&place, "type")),
            Some(text) if text.contains('\0') => {
                found.push(Violation::new(&place, "invalid_character"));
            }
            Some(text) => {
                let legal = text
                    .chars()
                    .all(|c| c == ' ' || c == '\t' || c.is_ascii_graphic());
                if !legal || text.trim() != text {
                    found.push(Violation::new(&place, "format"));
                } else if text.len() > 4_000 {
                    found.push(Violation::new(&place, "too_long"));
                }
            }
        }
    }
}
