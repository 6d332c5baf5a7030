//! Combinations of members that may occur only once.

use fieldproof_spec::model::{Api, Refusal, Scope, Unique};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{combined, duplicates, is_written};

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

/// Ways to break the promise.
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
    harness.refused(
        Refusal::Conflict,
        &harness.create(resource, &first.collection).json(&again),
    )?;
    if resource.parent.is_some() {
        let elsewhere = harness.other_above(resource, &above)?;
        let collection = crate::harness::collection(resource, &elsewhere);
        let status = match unique.within {
            Scope::Parent => resource.create.as_ref().map_or(201, |create| create.status),
            Scope::Tenant => 409,
        };
        harness.expect(status, &harness.create(resource, &collection).json(&again))?;
        duplicates(
            harness,
            resource,
            [&again, &again],
            unique.fields.as_slice(),
        )?;
    }
    Ok(())
}
