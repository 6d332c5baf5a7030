//! Values that no two objects share, not even in different members.

use fieldproof_spec::model::{Api, Field};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::accept;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{is_written, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "distinct",
    about: "A value by which another object is found, in whichever of its members, is refused with 409 at its place; \
            the object keeps its own.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::DistinctIgnored]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| is_written(one)) {
        if let Some(distinct) = &resource.distinct {
            let id = resource.name.clone();
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Whole,
                &[&distinct.row],
            ));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let names = resource
        .distinct
        .as_ref()
        .map_or(&[][..], |one| &one.fields);
    let fields: Vec<_> = names
        .iter()
        .filter_map(|name| resource.field(name))
        .collect();
    let mut tried = 0;
    for one in fields.iter().filter(|field| field.on_create()) {
        for other in fields.iter().filter(|other| other.name != one.name) {
            // A value that both members accept.
            let mut with = Map::new();
            if other.on_create() {
                let both = [one, other].map(|field| harness.fresh_for(field, &Map::new()));
                let value = both.into_iter().find(|value| {
                    [one, other]
                        .iter()
                        .all(|field| takes(harness, field, value))
                });
                let Some(value) = value else { continue };
                with.insert(other.name.clone(), value);
            }
            let made = harness.make_with(resource, &with)?;
            let taken = made.shown.get(&other.name).cloned().unwrap_or(Value::Null);
            if !takes(harness, one, &taken) {
                continue;
            }
            tried += 1;
            let body = |value: &Value| {
                let with = [(one.name.clone(), value.clone())].into_iter().collect();
                Value::Object(harness.small_body(resource, &with))
            };
            let create = harness
                .create(resource, &made.collection)
                .json(&body(&taken));
            harness.refused_conflict(&create, &[&one.name])?;
            if resource.update.is_some() && one.on_update() {
                let second = harness.make_with(resource, &Map::new())?;
                let change = json!({ &one.name: taken });
                let change = harness.change(resource, &second.path, &change)?;
                harness.refused_conflict(&change, &[&one.name])?;
                unchanged(harness, resource, &second)?;
                harness.expect(
                    200,
                    &harness.change(
                        resource,
                        &made.path,
                        &json!({ &one.name: harness.fresh_for(one, &Map::new()) }),
                    )?,
                )?;
            }
        }
    }
    match tried {
        0 => Err(CheckError::Skip(
            "no value fits two of the members".to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Whether a member accepts a value, and it is not `null`.
fn takes(harness: &Harness<'_>, field: &Field, value: &Value) -> bool {
    let read = accept(harness.api, field, value, &Map::new(), "", &mut Vec::new());
    !value.is_null() && read.is_some()
}
