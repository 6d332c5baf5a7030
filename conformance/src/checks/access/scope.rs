//! Callers with limited rights.

use crate::check::Check;
use crate::harness::{CheckError, Harness, Role};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::{absent, request, unchanged};
use fieldproof_spec::model::{Api, Operation, Refusal};

pub(crate) static CHECK: Check = Check {
    name: "scope",
    about: "A valid token without the scope answers 403, also for what is not there; a token for reading reads and is \
            refused writes.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| {
        let asked = api.scoped.then_some(&api.auth);
        asked.map_or_else(Vec::new, |auth| {
            each_operation(api, &Operation::ALL, &[auth])
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(_: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.operation() {
        Operation::List | Operation::Create => subject.mutations(&[Operator::ScopeIgnored]),
        _ => subject.mutations(&[Operator::ScopeIgnored, Operator::ScopeLate]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    harness.refused(
        Refusal::Forbidden,
        &request(harness, subject, &made)?.by(Role::NoScope),
    )?;
    if resource.parent.is_some()
        || !matches!(subject.operation(), Operation::List | Operation::Create)
    {
        let absent = absent(resource, subject, &made);
        harness.refused(
            Refusal::Forbidden,
            &request(harness, subject, &absent)?.by(Role::NoScope),
        )?;
    }
    let reads = matches!(subject.operation(), Operation::List | Operation::Get);
    let request = request(harness, subject, &made)?.by(Role::ReadOnly);
    match reads {
        true => harness.expect(200, &request)?,
        false => harness.refused(Refusal::Forbidden, &request)?,
    };
    unchanged(harness, resource, &made)
}
