//! Members of objects that were loaded, as they are shown.

use fieldproof_spec::model::{Field, Resource, Source, Type};
use serde_json::{Map, Value};

use super::shared_of;
use crate::harness::Harness;
use crate::kind::kind;
use crate::model::{accept, filled, shown as masked};

/// What a member of an object is that was loaded from a file: as it was loaded, in its one
/// form, and where the file leaves it out, its default. Nothing where the file does not
/// tell.
pub(crate) fn loaded(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    fixture: &Map<String, Value>,
) -> Option<Value> {
    // A child that was made since has moved it.
    let touched = resource.times.as_ref().is_some_and(|times| {
        let mut below = harness.api.children(&resource.name);
        let touches = |one: &Resource| one.parent.as_ref().is_some_and(|parent| parent.touch);
        times.updated == field.name && below.any(touches)
    });
    // What only the request or the moment of the import tells is not known here.
    let born = asks_request(resource, field) || kind(&field.ty).is_made();
    let untold = !fixture.contains_key(&field.name) && born;
    if touched || untold || matches!(field.ty, Type::Child(_)) {
        return None;
    }
    let own = match fixture.get(&field.name) {
        Some(value) if field.on_create() && !value.is_null() => {
            let read = accept(harness.api, field, value, fixture, "", &mut Vec::new());
            Some(read.unwrap_or_else(|| value.clone()))
        }
        Some(value) => Some(value.clone()),
        None => filled(harness.api, resource, fixture)
            .get(&field.name)
            .cloned(),
    };
    Some(masked(harness.api, &field.ty, &own.unwrap_or_default()))
}

/// Whether a member may come from the request that made the object.
fn asks_request(resource: &Resource, field: &Field) -> bool {
    field.fallback.iter().any(|source| match source {
        Source::Request { .. } | Source::Setting { .. } => true,
        Source::Field { field } => resource
            .field(field)
            .is_some_and(|other| asks_request(resource, other)),
    })
}

/// Shared objects without the identifiers that they got.
pub(crate) fn unnamed(harness: &Harness<'_>, field: &Field, mut value: Value) -> Value {
    let Some(shared) = shared_of(harness, field) else {
        return value;
    };
    let items = value.as_array_mut().into_iter().flatten();
    for item in items.filter_map(Value::as_object_mut) {
        item.shift_remove(&shared.id);
    }
    value
}
