//! Watches: what they are told of a change, and what they have beside their
//! own operations.

mod keys;
mod manage;
mod notification;
mod post;
mod requests;
mod send;
mod tell;
mod token;

use keys::{Key, signature};
pub(super) use notification::Notification;
pub(super) use post::Attempt;
pub(in crate::model) use post::Post;

use fieldproof_spec::model::{Api, Field, Resource, Role, Type};
use serde_json::{Map, Value};

use super::Record;

/// What the model keeps for watches.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    keys: Vec<Key>,
    /// What is not on its way yet.
    waiting: Vec<Notification>,
    /// What was on its way, to be sent again.
    sent: Vec<Notification>,
    attempts: Vec<Attempt>,
    /// Watches that were removed, where those are told all the same.
    gone: Vec<Record>,
}

/// The fields that lead to the member of a watch with a role.
pub(crate) fn place<'a>(
    api: &'a Api,
    resource: &'a Resource,
    role: Role,
) -> Option<Vec<&'a Field>> {
    for field in &resource.fields {
        if field.role == Some(role) {
            return Some(vec![field]);
        }
        let Type::Object(name) = &field.ty else {
            continue;
        };
        let members = api.object(name).into_iter().flat_map(|one| &one.fields);
        if let Some(member) = members.into_iter().find(|one| one.role == Some(role)) {
            return Some(vec![field, member]);
        }
    }
    None
}

/// The value of that member.
fn member(
    api: &Api,
    resource: &Resource,
    object: &Map<String, Value>,
    role: Role,
) -> Option<Value> {
    let place = place(api, resource, role)?;
    let mut names = place.iter().map(|field| &field.name);
    let first = object.get(names.next()?)?;
    let value = names.try_fold(first, |value, name| value.get(name))?;
    (!value.is_null()).then(|| value.clone())
}
