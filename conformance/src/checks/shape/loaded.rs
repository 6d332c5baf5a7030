//! Imported objects: their members, and the defaults of those that are missing.

use crate::check::Check;
use crate::fixtures::of;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{has_form, loaded, unnamed};

pub(crate) static CHECK: Check = Check {
    name: "loaded",
    about: "The member of an object that was loaded is shown as it was loaded, in its one form; where the file leaves it \
            out, it has its default, or a value that only the import knows.",
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

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let given = harness.given(resource, &harness.make_above(resource)?)?;
    for fixture in of(harness.api, resource, &harness.fixtures.main) {
        let one = given
            .iter()
            .find(|one| one.shown.get(&resource.id) == fixture.get(&resource.id));
        let shown = one.and_then(|one| one.shown.get(&field.name)).cloned();
        let Some(expected) = loaded(harness, resource, field, fixture) else {
            let shown = shown.unwrap_or_default();
            harness.ensure(has_form(harness, resource, field, &shown), || {
                format!(
                    "`{}` of {} has its documented type and form, got {shown}",
                    field.name, fixture[&resource.id]
                )
            })?;
            continue;
        };
        let shown = shown.map(|value| unnamed(harness, field, value));
        harness.ensure(shown.as_ref() == Some(&expected), || {
            format!(
                "`{}` of {} is {expected}, got {}",
                field.name,
                fixture[&resource.id],
                shown.unwrap_or_default()
            )
        })?;
    }
    Ok(())
}
