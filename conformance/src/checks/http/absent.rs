//! Objects that do not exist.

use fieldproof_spec::model::{Operation, Refusal};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::path;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::far;

pub(crate) static CHECK: Check = Check {
    name: "absent",
    about: "A well-formed identifier that nothing has, and a malformed one, answer 404; so does the collection of a \
            parent that is not there.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let mut subjects = each_operation(api, &Operation::ALL, &[]);
        subjects.retain(|subject| {
            let below = subject.resource(api).parent.is_some();
            below
                || matches!(
                    subject.operation(),
                    Operation::Get | Operation::Update | Operation::Append | Operation::Delete
                )
        });
        subjects
    },
    mutants: |_, subject| subject.mutations(&[Operator::AbsentAnswered]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let own = made.id().to_owned();
    let far = far(&own);
    for id in [far, "malformed~".to_owned()] {
        let mut ids = made.ids.clone();
        let requests = match subject.operation() {
            Operation::List | Operation::Create => {
                let last = ids.len() - 2;
                ids[last] = id;
                let collection = crate::harness::collection(resource, &ids[..=last]);
                match subject.operation() {
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
        harness.refused(Refusal::NotFound, &requests)?;
    }
    Ok(())
}
