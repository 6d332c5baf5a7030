//! The documented form of shown values.

use fieldproof_spec::model::{Field, Resource, Source, Type};
use serde_json::{Map, Value};

use crate::harness::Harness;
use crate::kind::{Seen, kind};

/// Whether a member is shown in its documented type and form.
pub(crate) fn has_form(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    value: &Value,
) -> bool {
    if value.is_null() {
        // A member that nothing sets may be `null`.
        let made = field.name == resource.id || kind(&field.ty).is_made();
        let times = resource.times.as_ref();
        let stamped = times.is_some_and(|one| [&one.created, &one.updated].contains(&&field.name));
        let user = harness.user().is_some() && is_of_user(resource, field);
        let set = made || stamped || user || field.required || field.derive.is_some();
        return field.nullable || (!set && field.initial().is_null());
    }
    let seen = Seen {
        api: harness.api,
        id_kind: resource.id_kind,
        is_whole: &|object, map| whole(harness, resource, object, map),
    };
    let kind = kind(&field.ty);
    match (field.list, value) {
        (true, Value::Array(items)) => items.iter().all(|item| kind.has_form(item, &seen)),
        (true, _) => false,
        (false, value) => kind.has_form(value, &seen),
    }
}

/// Whether a member that is not sent is the user who made the object, itself or through another
/// one.
fn is_of_user(resource: &Resource, field: &Field) -> bool {
    field.fallback.iter().any(|source| match source {
        Source::Field { field } => resource
            .field(field)
            .is_some_and(|other| is_of_user(resource, other)),
        other => other.is_user(),
    })
}

/// Whether an object has only documented members, each in its form.
fn whole(
    harness: &Harness<'_>,
    resource: &Resource,
    object: &str,
    map: &Map<String, Value>,
) -> bool {
    let fields = harness
        .api
        .object(object)
        .map_or(&[][..], |one| &one.fields);
    map.iter().all(|(name, value)| {
        let field = fields.iter().find(|field| field.name == *name);
        // The identifier of a shared object has a kind of its own.
        field.is_some_and(|field| match field.ty == Type::Id {
            true => value.is_string(),
            false => field.is_shown() && has_form(harness, resource, field, value),
        })
    })
}
