//! Objects in objects: which members need a box, and which objects change member
//! by member.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Field, Type};

use super::is_option;

/// Whether a change of the member changes members of it: an object that is
/// always there; one that may be `null` is replaced as a whole.
pub(crate) fn merges(field: &Field) -> bool {
    matches!(field.ty, Type::Object(_)) && !field.list && !is_option(field)
}

/// Whether the member stands in a box, because its object can hold its owner
/// again: without one its size would have no end.
pub(crate) fn is_boxed(api: &Api, owner: &str, field: &Field) -> bool {
    let Some(first) = held(field) else {
        return false;
    };
    let mut seen = BTreeSet::from([first]);
    let mut next = vec![first];
    while let Some(name) = next.pop() {
        let object = api.object(name).into_iter();
        let inner = object.flat_map(|one| &one.fields).filter_map(held);
        next.extend(inner.filter(|name| seen.insert(name)));
    }
    seen.contains(owner)
}

/// The object that stands in the member itself, not in a list.
fn held(field: &Field) -> Option<&str> {
    match &field.ty {
        Type::Object(name) if !field.list => Some(name),
        _ => None,
    }
}

/// Whether changes change members of the object, wherever it stands.
pub(crate) fn is_merged(api: &Api, object: &str) -> bool {
    let shared = api.objects.iter().filter(|one| one.shared.is_some());
    let resources = api.resources.iter().map(|one| &one.fields);
    let all = resources.chain(shared.map(|one| &one.fields));
    let mut next: Vec<&Field> = all.flatten().filter(|one| merges(one)).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = next.pop().and_then(held) {
        if seen.insert(name) {
            let inner = api.object(name).into_iter().flat_map(|one| &one.fields);
            next.extend(inner.filter(|one| merges(one)));
        }
    }
    seen.contains(object)
}
