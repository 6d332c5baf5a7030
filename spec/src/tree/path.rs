//! Finds nodes by the keys and indexes that lead to them.

use super::node::{Entry, Kind, Node, Span};

/// The node at `path`, or the deepest existing one on the way, so that a diagnostic about
/// something absent still points to its surroundings.
#[must_use]
pub fn find<'t>(root: &'t Node, path: &[&str]) -> &'t Node {
    let mut node = root;
    for step in path {
        let next = match &node.kind {
            Kind::Map(_) => node.get(step),
            Kind::List(items) => step.parse::<usize>().ok().and_then(|i| items.get(i)),
            _ => None,
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node
}

/// The span of the last key of `path`; if that is not a key, the span of the node.
#[must_use]
pub fn find_key(root: &Node, path: &[&str]) -> Span {
    let Some((last, parents)) = path.split_last() else {
        return root.span.clone();
    };
    find(root, parents)
        .entries()
        .iter()
        .find(|entry: &&Entry| entry.key == *last)
        .map_or_else(|| find(root, path).span.clone(), |e| e.key_span.clone())
}
