//! Changes that change nothing.

use fieldproof_spec::model::{IdleUpdates, Operation};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};

pub(crate) static CHECK: Check = Check {
    name: "idle",
    about: "An object that is sent back as it was read is accepted and stays what it is: same members, same time, same \
            ETag.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let kept = api.dialect.idle_updates.row_if(IdleUpdates::Kept);
        owed(kept, each_operation(api, &[Operation::Update], &[]))
    },
    mutants: |_, subject| subject.mutations(&[Operator::IdleTouches]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.steady(resource)?;
    let whole = Value::Object(made.shown.clone());
    let exchange = harness.expect(200, &harness.change(resource, &made.path, &whole)?)?;
    harness.ensure(exchange.json() == whole, || {
        "what was read and is sent back stays as it is".to_owned()
    })?;
    if !harness.has_tags() {
        return Ok(());
    }
    let etag = exchange.header("etag").unwrap_or_default().to_owned();
    harness.ensure(etag == made.etag, || {
        format!("the ETag stays {}, got {etag}", made.etag)
    })
}
