//! Members of watches, by role.

use fieldproof_spec::model::{Api, Resource, Role};
use serde_json::{Map, Value};

/// The value of the member of a watch that has a role.
pub(super) fn member(
    api: &Api,
    resource: &Resource,
    object: &Map<String, Value>,
    role: Role,
) -> Option<Value> {
    let place = api.place(resource, role)?;
    let mut names = place.iter().map(|field| &field.name);
    let first = object.get(names.next()?)?;
    let value = names.try_fold(first, |value, name| value.get(name))?;
    (!value.is_null()).then(|| value.clone())
}
