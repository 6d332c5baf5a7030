//! Callers that are not authenticated.

use crate::check::Check;
use crate::harness::{CheckError, Harness, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::{absent, request, unchanged};
use fieldproof_spec::model::{Credentials, Operation, Refusal};

pub(crate) static CHECK: Check = Check {
    name: "token",
    about: "Without a token, or with one that nobody gave out, the operation answers 401 with `WWW-Authenticate: \
            Bearer`, and nothing happens.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| {
        let asked = (api.credentials != Credentials::None).then_some(&api.auth);
        asked.map_or_else(Vec::new, |auth| {
            each_operation(api, &Operation::ALL, &[auth])
        })
    },
    mutants: |api, subject| {
        let told = matches!(api.credentials, Credentials::Bearer(_)) && api.dialect.house.is_some();
        subject.mutations_where(&[
            (true, Operator::TokenIgnored),
            (told, Operator::ChallengeMissing),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    for role in [Role::Nobody, Role::Unknown] {
        harness.refused(
            Refusal::Unauthenticated,
            &request(harness, subject, &made)?.by(role),
        )?;
    }
    let below = resource.parent.is_some()
        || !matches!(subject.operation(), Operation::List | Operation::Create);
    if below && harness.says(Refusal::Unauthenticated) {
        // An unauthenticated caller must not learn what exists.
        let absent = absent(resource, subject, &made);
        let request = request(harness, subject, &absent)?.by(Role::Nobody);
        harness.refused(Refusal::Unauthenticated, &request)?;
    }
    unchanged(harness, resource, &made)
}
