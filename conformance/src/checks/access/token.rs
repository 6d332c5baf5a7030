//! Callers that are not known.

use crate::check::Check;
use crate::duty::{Duty, each_operation};
use crate::lab::{Lab, Role, Stop};
use crate::mutant::Kind;
use crate::obligation::Severity;
use crate::support::{ask, unchanged};
use fieldproof_spec::model::Operation;

pub(crate) static CHECK: Check = Check {
    name: "token",
    about: "Without a token, or with one that nobody gave out, the operation answers 401 with `WWW-Authenticate: \
            Bearer`, and nothing happens.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| each_operation(api, &Operation::ALL, &[&api.auth]),
    mutants: |_, duty| duty.broken(&[Kind::TokenIgnored]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let made = lab.make(resource)?;
    for role in [Role::Nobody, Role::Unknown] {
        let exchange = lab.expect(401, &ask(lab, duty, &made)?.by(role))?;
        let challenge = exchange
            .header("www-authenticate")
            .unwrap_or_default()
            .to_owned();
        lab.ensure(challenge.starts_with("Bearer"), || {
            format!("WWW-Authenticate is Bearer, got `{challenge}`")
        })?;
    }
    unchanged(lab, resource, &made)
}
