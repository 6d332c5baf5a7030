//! Resources that have another name: the old version is read as if it had the new one.

use crate::model::{Api, Resource, Type};

/// The old version, in which resources have the names that the new version says they had not.
pub(super) fn renamed(old: &Api, new: &Api) -> Api {
    let mut api = old.clone();
    for one in &new.resources {
        let was = one.was.as_deref().filter(|was| old.resource(was).is_some());
        if let (Some(was), None) = (was, old.resource(&one.name)) {
            for resource in &mut api.resources {
                rename(resource, was, &one.name);
            }
        }
    }
    api
}

/// Renames a resource wherever another names it.
fn rename(resource: &mut Resource, was: &str, now: &str) {
    let swap = |name: &mut String| {
        if name == was {
            now.clone_into(name);
        }
    };
    swap(&mut resource.name);
    if let Some(parent) = &mut resource.parent {
        swap(&mut parent.resource);
    }
    if let Some(delete) = &mut resource.delete {
        delete.cascade.iter_mut().for_each(swap);
    }
    for field in &mut resource.fields {
        if let Type::Child(name) = &mut field.ty {
            swap(name);
        }
    }
}
