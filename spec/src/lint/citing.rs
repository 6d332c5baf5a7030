//! All citations of a spec with their positions.

use crate::syntax::Cite;
use crate::tree::{Entry, Kind, Node, Span};

/// A citation with its position.
pub(super) struct Citing {
    /// Its position.
    pub(super) span: Span,
    /// The cited lines.
    pub(super) cite: Cite,
    /// Whether it only says where something is printed, which is no coverage.
    pub(super) printed: bool,
}

/// Collects every citation below `node`.
pub(super) fn all(node: &Node) -> Vec<Citing> {
    let mut found = Vec::new();
    walk(node, &mut found);
    found
}

fn walk(node: &Node, found: &mut Vec<Citing>) {
    for Entry { key, value, .. } in node.entries() {
        match key.as_str() {
            "at" | "printed" => cites(value, key == "printed", found),
            "documented" => documented(value, found),
            _ if is_data(key, value) => {}
            _ => walk(value, found),
        }
    }
    if let Kind::List(items) = &node.kind {
        items.iter().for_each(|item| walk(item, found));
    }
}

/// Whether a key holds data of a document, in which `at` and `ruling` would be members of
/// an object. A field may have such a name too, but it has a type.
pub(super) fn is_data(key: &str, value: &Node) -> bool {
    matches!(key, "value" | "body" | "default" | "example") && value.get("type").is_none()
}

fn cites(node: &Node, printed: bool, found: &mut Vec<Citing>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| cites(item, printed, found)),
        Kind::Int(line) => add(&line.to_string(), node.span.clone(), printed, found),
        Kind::Text(text) => add(text, node.span.clone(), printed, found),
        _ => {}
    }
}

/// The keys of a ruling's `documented`: places of a contradiction, which are no coverage.
fn documented(node: &Node, found: &mut Vec<Citing>) {
    for entry in node.entries() {
        add(&entry.key, entry.key_span.clone(), true, found);
    }
}

fn add(text: &str, span: Span, printed: bool, found: &mut Vec<Citing>) {
    if let Ok(cite) = text.parse::<Cite>() {
        found.push(Citing {
            span,
            cite,
            printed,
        });
    }
}
