//! Nested objects: which members need a box, and which objects are updated member by member.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Field};

use super::initial::is_option;
use crate::kind::{Body, kind};

/// Whether an update merges members inside this member: an object that is always present; one
/// that may be `null` is replaced as a whole.
pub(crate) fn merges(field: &Field) -> bool {
    held(field).is_some() && !is_option(field)
}

/// The kind of body by whose rules the member is read: an object that is replaced as a whole is
/// read like a new one.
pub(crate) fn read_as(field: &Field, of: Body) -> Body {
    match kind(&field.ty).object().is_some() && !merges(field) {
        true => Body::Create,
        false => of,
    }
}

/// Whether the member needs a box, because its object can contain its owner again and would
/// have infinite size.
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

/// The object directly in the member, not in a list.
fn held(field: &Field) -> Option<&str> {
    kind(&field.ty).object().filter(|_| !field.list)
}

/// Whether updates merge members of the object anywhere.
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
