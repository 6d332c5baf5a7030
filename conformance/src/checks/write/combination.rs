//! Unique combinations of members.

use crate::kind::kind;
use fieldproof_spec::model::{Api, Field, Resource, Scope, Unique};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{combined, duplicates, is_written, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "combination",
    about: "The same combination is refused with 409 within its scope and taken outside of it; twice in one body it is \
            refused at both places.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let last = unique_of(api, subject).fields.last();
    let last = last.map(String::as_str).unwrap_or_default();
    subject.mutations_at(last, &[Operator::CombinationIgnored])
}

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| is_written(one)) {
        for (at, unique) in resource.unique.iter().enumerate() {
            let id = format!("{}.{}", resource.name, unique.fields.join("+"));
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Unique(at),
                &[&unique.row],
            ));
        }
    }
    subjects
}

fn unique_of<'a>(api: &'a Api, subject: &Subject) -> &'a Unique {
    &subject.resource(api).unique[subject.at()]
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let unique = unique_of(harness.api, subject);
    let above = harness.make_above(resource)?;
    let with = combined(harness, resource, unique);
    let first = harness.make_below(resource, &above, harness.small_body(resource, &with))?;
    let again = Value::Object(harness.small_body(resource, &with));
    let members: Vec<&str> = unique.fields.iter().map(String::as_str).collect();
    let create = harness.create(resource, &first.collection).json(&again);
    harness.refused_conflict(&create, &members)?;
    apart(harness, resource, unique, &above, &with)?;
    if resource.parent.is_some() {
        let elsewhere = harness.other_above(resource, &above)?;
        let collection = crate::harness::collection(resource, &elsewhere);
        let request = harness.create(resource, &collection).json(&again);
        let status = resource.create.as_ref().map_or(201, |create| create.status);
        match unique.within {
            Scope::Parent => harness.expect(status, &request).map(drop)?,
            Scope::Tenant => harness.refused_conflict(&request, &members)?,
        }
        duplicates(
            harness,
            resource,
            [&again, &again],
            unique.fields.as_slice(),
        )?;
    }
    Ok(())
}

/// Judges that objects that differ in one of the members are accepted, and a change that
/// makes them equal is refused.
fn apart(
    harness: &Harness<'_>,
    resource: &Resource,
    unique: &Unique,
    above: &[String],
    with: &Map<String, Value>,
) -> Result<(), CheckError> {
    for name in &unique.fields {
        let Some(field) = resource.field(name).filter(|one| one.unique.is_none()) else {
            continue;
        };
        let decides = |one: &Field| kind(&one.ty).decided_by() == Some(name.as_str());
        if kind(&field.ty).decided_by().is_some() || resource.fields.iter().any(decides) {
            continue;
        }
        let mut other = with.clone();
        for _ in 0..20 {
            other.insert(name.clone(), harness.fresh_for(field, with));
            if other.get(name) != with.get(name) {
                break;
            }
        }
        if other.get(name) == with.get(name) {
            continue;
        }
        let body = harness.small_body(resource, &other);
        if unique
            .fields
            .iter()
            .any(|one| body.get(one) != other.get(one))
        {
            continue;
        }
        let made = harness.make_below(resource, above, body)?;
        if resource.update.is_some() && field.on_update() {
            let change = json!({ name: with.get(name) });
            let request = harness.change(resource, &made.path, &change)?;
            let members: Vec<&str> = unique.fields.iter().map(String::as_str).collect();
            harness.refused_conflict(&request, &members)?;
            unchanged(harness, resource, &made)?;
        }
    }
    Ok(())
}
