//! Objects that are not there.

use fieldproof_spec::model::Operation;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, each_operation};
use crate::harness::{CheckError, Harness, Request};
use crate::model::path;
use crate::mutant::Kind;
use crate::obligation::Severity;
use crate::support::far;

pub(crate) static CHECK: Check = Check {
    name: "absent",
    about: "A well-formed identifier that nothing has, and a malformed one, answer 404; so does the collection of a \
            parent that is not there.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let mut duties = each_operation(api, &Operation::ALL, &[]);
        duties.retain(|duty| {
            let below = duty.resource(api).parent.is_some();
            below
                || matches!(
                    duty.operation(),
                    Operation::Get | Operation::Update | Operation::Append | Operation::Delete
                )
        });
        duties
    },
    mutants: |_, duty| duty.broken(&[Kind::AbsentAnswered]),
    run,
};

fn run(harness: &Harness<'_>, duty: &Duty) -> Result<(), CheckError> {
    let resource = duty.resource(harness.api);
    let made = harness.make(resource)?;
    let own = made.id().to_owned();
    let far = far(&own);
    for id in [far, "malformed~".to_owned()] {
        let mut ids = made.ids.clone();
        let requests = match duty.operation() {
            Operation::List | Operation::Create => {
                let last = ids.len() - 2;
                ids[last] = id;
                let collection = crate::harness::collection(resource, &ids[..=last]);
                match duty.operation() {
                    Operation::List => Request::get(&collection),
                    _ => harness
                        .create(resource, &collection)
                        .json(&Value::Object(harness.small_body(resource, &Map::new()))),
                }
            }
            operation => {
                let last = ids.len() - 1;
                ids[last] = id;
                let target = path(resource, &ids);
                match operation {
                    Operation::Get => Request::get(&target),
                    Operation::Update => harness.change(resource, &target, &json!({}))?,
                    Operation::Append => harness.append(resource, &target, &json!({})),
                    _ => Request::new("DELETE", &target),
                }
            }
        };
        harness.expect(404, &requests)?;
    }
    Ok(())
}
