//! Callers that are not known.

use serde_json::{Map, Value, json};

use super::duty::{OPERATIONS, each_operation};
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Made, Role, Stop};
use crate::model::Kind;
use crate::obligation::Severity;

pub(super) static CHECK: Check = Check {
    name: "token",
    about: "Without a token, or with one that nobody gave out, the operation answers 401 with `WWW-Authenticate: \
            Bearer`, and nothing happens.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| each_operation(api, OPERATIONS, &[&api.auth]),
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
    super::null::unchanged(lab, resource, &made)
}

/// A request of the operation that would succeed.
pub(super) fn ask(lab: &Lab<'_>, duty: &Duty, made: &Made) -> Result<Ask, Stop> {
    let resource = duty.resource(lab.api);
    Ok(match duty.member.as_str() {
        "list" => Ask::get(&made.collection),
        "get" => Ask::get(&made.path),
        "create" => lab
            .create(resource, &made.collection)
            .json(&Value::Object(lab.small_body(resource, &Map::new()))),
        "update" => lab.change(resource, &made.path, &json!({}))?,
        "append" => lab.append(resource, &made.path, &json!({})),
        _ => Ask::new("DELETE", &made.path),
    })
}
