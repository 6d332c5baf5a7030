//! Imported objects: their members, and the defaults of those that are missing.

use fieldproof_spec::model::{Field, Resource, Source, Type};
use serde_json::Value;

use crate::check::Check;
use crate::fixtures::of;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{accept, filled, shown as masked};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::shared_of;

pub(crate) static CHECK: Check = Check {
    name: "loaded",
    about: "The member of an object that was loaded is shown as it was loaded, in its one form; where the file leaves it \
            out, it has its default.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_none()
                && resource.list.is_some()
                && field.is_shown()
                && kind(&field.ty).is_loaded()
        })
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::DefaultMissing]),
    run,
};

/// Whether a member may come from the request that created the object.
fn asks_request(resource: &Resource, field: &Field) -> bool {
    field.fallback.iter().any(|source| match source {
        Source::Request { .. } | Source::Setting { .. } => true,
        Source::Field { field } => resource
            .field(field)
            .is_some_and(|other| asks_request(resource, other)),
    })
}

/// Shared objects without their generated identifiers.
fn unnamed(harness: &Harness<'_>, field: &Field, mut value: Value) -> Value {
    let Some(shared) = shared_of(harness, field) else {
        return value;
    };
    let items = value.as_array_mut().into_iter().flatten();
    for item in items.filter_map(Value::as_object_mut) {
        item.shift_remove(&shared.id);
    }
    value
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let given = harness.given(resource, &harness.make_above(resource)?)?;
    for fixture in of(harness.api, resource, &harness.fixtures.main) {
        let one = given
            .iter()
            .find(|one| one.shown.get(&resource.id) == fixture.get(&resource.id));
        let shown = one.and_then(|one| one.shown.get(&field.name)).cloned();
        let shown = shown.map(|value| unnamed(harness, field, value));
        let whole = filled(harness.api, resource, fixture);
        let expected = match fixture.get(&field.name) {
            Some(value) if field.on_create() && !value.is_null() => {
                accept(harness.api, field, value, fixture, "", &mut Vec::new())
            }
            Some(value) => Some(value.clone()),
            None => whole.get(&field.name).cloned(),
        };
        let expected = expected.map(|value| masked(harness.api, &field.ty, &value));
        // A child that was created since may have changed it.
        let touched = resource.times.as_ref().is_some_and(|times| {
            let mut below = harness.api.children(&resource.name);
            let touches = |one: &Resource| one.parent.as_ref().is_some_and(|parent| parent.touch);
            times.updated == field.name && below.any(touches)
        });
        let embeds = matches!(field.ty, Type::Child(_));
        if touched || embeds {
            continue;
        }
        // Values that only the request or the time of the import determines are unknown
        // here.
        let born = asks_request(resource, field) || kind(&field.ty).is_made();
        if !fixture.contains_key(&field.name) && born {
            continue;
        }
        harness.ensure(expected.is_some() && shown == expected, || {
            format!(
                "`{}` of {} is {}, got {}",
                field.name,
                fixture[&resource.id],
                expected.unwrap_or_default(),
                shown.unwrap_or_default()
            )
        })?;
    }
    Ok(())
}
