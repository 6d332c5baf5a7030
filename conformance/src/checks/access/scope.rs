//! Callers that may not do everything.

use crate::check::Check;
use crate::duty::{Duty, each_operation};
use crate::harness::{CheckError, Harness, Role};
use crate::mutant::{Kind, Mutation};
use crate::obligation::Severity;
use crate::support::{absent, request, unchanged};
use fieldproof_spec::model::{Api, Operation};

pub(crate) static CHECK: Check = Check {
    name: "scope",
    about: "A valid token without the scope answers 403, also for what is not there; a token for reading reads and is \
            refused writes.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| each_operation(api, &Operation::ALL, &[&api.auth]),
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(_: &Api, duty: &Duty) -> Vec<Mutation> {
    match duty.operation() {
        Operation::List | Operation::Create => duty.broken(&[Kind::ScopeIgnored]),
        _ => duty.broken(&[Kind::ScopeIgnored, Kind::ScopeLate]),
    }
}

fn run(harness: &Harness<'_>, duty: &Duty) -> Result<(), CheckError> {
    let resource = duty.resource(harness.api);
    let made = harness.make(resource)?;
    harness.expect(403, &request(harness, duty, &made)?.by(Role::NoScope))?;
    if resource.parent.is_some() || !matches!(duty.operation(), Operation::List | Operation::Create)
    {
        let absent = absent(resource, duty, &made);
        harness.expect(403, &request(harness, duty, &absent)?.by(Role::NoScope))?;
    }
    let reads = matches!(duty.operation(), Operation::List | Operation::Get);
    let status = if reads { 200 } else { 403 };
    harness.expect(status, &request(harness, duty, &made)?.by(Role::ReadOnly))?;
    unchanged(harness, resource, &made)
}
