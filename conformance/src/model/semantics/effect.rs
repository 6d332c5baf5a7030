//! Effects of a write on other objects.

use fieldproof_spec::model::{Api, Parent, Resource, Scope};

use crate::model::room;
use crate::model::service::Record;

/// Effects of a write on other objects, and of other objects on the write.
pub(crate) trait Effects {
    /// Whether two objects compete for a unique value: they are different objects of the
    /// same resource and tenant and, if the value is unique below a parent, of the same
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

    /// Whether there is room for another child: its parent shows fewer children than its
    /// limit.
    fn has_room(&self, api: &Api, child: &Resource, siblings: usize) -> bool {
        siblings < room(api, child)
    }

    /// Whether a change of a child also changes its parent: it does if the parent shows it.
    fn touches(&self, _child: &Resource, relation: &Parent) -> bool {
        relation.embed.is_some()
    }

    /// Whether an object is removed together with the object `id` of `above`: it is if it
    /// is a child of that object.
    fn goes_along(&self, _above: &Resource, id: &str, child: &Record) -> bool {
        child.parent.as_deref() == Some(id)
    }

    /// Whether a mail is sent: the object asks for one now and did not before.
    fn invites(&self, _resource: &Resource, asked_before: bool, asks: bool) -> bool {
        asks && !asked_before
    }
}
