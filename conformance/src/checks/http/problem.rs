//! Refusals that list all violations at once.

use fieldproof_spec::model::{Api, Operation, ReadOnlyMembers, Refusal, RefusalBody, Violations};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::below;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::strategy::wrong_types;
use crate::subject::{Subject, each_operation, owed};
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "problem",
    about: "A body that breaks several rules is refused once, with every violation at its JSON Pointer and nothing \
            stored; every refusal of the suite has to be problem details (RFC 9457), or what the API says of its own.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let row = api.dialect.refusals.row.as_ref();
        owed(
            row,
            each_operation(api, &[Operation::Create, Operation::Update], &[]),
        )
    },
    mutants,
    run,
};

/// Mutations that break the promise; codes are only listed in problem details.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let problems = api.dialect.refusals.said() == Some(&RefusalBody::Problem);
    subject.mutations_where(&[
        (true, Operator::ProblemPlain),
        (problems, Operator::ProblemUnlisted),
        (problems, Operator::CodeUnlisted),
        (problems, Operator::ViolationTwice),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let creates = subject.operation() == Operation::Create;
    let written = resource.fields.iter().filter(|field| {
        if creates {
            field.on_create()
        } else {
            field.on_update()
        }
    });
    let mut body = Map::new();
    // An answer need not list more than a hundred violations.
    for field in written.take(99) {
        let wrong = wrong_types(harness.api, field).into_iter().next();
        body.extend(wrong.map(|value| (field.name.clone(), value)));
    }
    if harness
        .api
        .dialect
        .read_only_members
        .is(ReadOnlyMembers::Equal)
    {
        body.insert(resource.id.clone(), json!("x-other"));
    }
    let request = match creates {
        true => harness
            .create(resource, &made.collection)
            .json(&Value::Object(body.clone())),
        false => harness.change(resource, &made.path, &Value::Object(body.clone()))?,
    };
    let exchange = harness.refused(Refusal::Validation, &request)?;
    let dialect = &harness.api.dialect;
    if !dialect.violations.is(Violations::All) || !dialect.names_places() {
        return unchanged(harness, resource, &made);
    }
    for name in body.keys() {
        let pointer = below("", name);
        // Every value is of another type than its member, but for the identifier.
        let code = match *name == resource.id {
            true => "read_only",
            false => "type",
        };
        harness.ensure(harness.names(&exchange, &pointer, &[code]), || {
            let listed = harness.violation_text(&exchange);
            format!("`{pointer}` is among the violations as `{code}`, got {listed}")
        })?;
    }
    let found = harness.violations(&exchange).map_or(0, |all| all.len());
    harness.ensure(found == body.len(), || {
        format!("{} violations, got {found}", body.len())
    })?;
    unchanged(harness, resource, &made)
}
