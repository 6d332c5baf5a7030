//! What a write does to other objects.

use fieldproof_spec::model::{Api, Parent, Resource, Scope};

use crate::model::room;
use crate::model::service::Record;

/// What a write does to other objects, and they to it.
pub(crate) trait Effects {
    /// Whether two objects may not have the same unique value: they are different ones of
    /// one resource and one tenant and, where the value is unique below a parent, of one
    /// parent.
    fn competes(
        &self,
        (resource, next): (&Resource, &Record),
        (rival, other): (&Resource, &Record),
        within: Scope,
        _members: &[String],
    ) -> bool {
        let near = within == Scope::Tenant || other.parent == next.parent;
        resource.name == rival.name && other.id != next.id && other.tenant == next.tenant && near
    }

    /// Whether there is room for one more object: its parent does not show as many as it
    /// may.
    fn has_room(&self, api: &Api, child: &Resource, siblings: usize) -> bool {
        siblings < room(api, child)
    }

    /// Whether a change of a child changes its parent: the parent shows it.
    fn touches(&self, _child: &Resource, relation: &Parent) -> bool {
        relation.embed.is_some()
    }

    /// Whether an object goes when the object `above` is removed: it is one of its
    /// children.
    fn goes_along(&self, _above: &Resource, id: &str, child: &Record) -> bool {
        child.parent.as_deref() == Some(id)
    }

    /// Whether a mail goes out: the object asks for one, and did not before.
    fn invites(&self, _resource: &Resource, asked_before: bool, asks: bool) -> bool {
        asks && !asked_before
    }
}
