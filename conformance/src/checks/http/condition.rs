//! Conditional requests (RFC 9110 section 13).
use serde_json::json;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};
use crate::support::{one_change, unchanged};
use fieldproof_spec::model::{Api, Operation, Refusal, Validators};

pub(crate) static CHECK: Check = Check {
    name: "condition",
    about: "A read with the known ETag answers 304; a change or removal with another ETag is refused with 412 and \
            changes nothing, with the right one among several it is done. Without a condition the last write wins.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let all = [Operation::Get, Operation::Update, Operation::Delete];
        let strong = api.dialect.validators.row_if(Validators::Strong);
        owed(strong, each_operation(api, &all, &[]))
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(_: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.operation() {
        Operation::Get => subject.mutations(&[
            Operator::KnownIgnored,
            Operator::EtagMissing,
            Operator::TagSplit,
        ]),
        Operation::Update => subject.mutations(&[
            Operator::ConditionIgnored,
            Operator::EtagMissing,
            Operator::TagFirst,
            Operator::TagWeak,
            Operator::DiffersIgnored,
        ]),
        _ => subject.mutations(&[Operator::ConditionIgnored]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let stale = "\"no-such-version\"";
    match subject.operation() {
        Operation::Get => {
            let exchange = harness.expect(
                304,
                &Request::get(&made.path).header("if-none-match", &made.etag),
            )?;
            harness.ensure(exchange.reply.is_empty(), || "304 has no body".to_owned())?;
            // A comma inside a tag does not separate tags.
            let listed = format!("\"a,b\", {}", made.etag);
            harness.expect(
                304,
                &Request::get(&made.path).header("if-none-match", &listed),
            )?;
            harness
                .expect(
                    200,
                    &Request::get(&made.path).header("if-none-match", stale),
                )
                .map(drop)
        }
        Operation::Update => {
            // Without a member that changes alone, an update that changes nothing has to do.
            let body = one_change(harness, resource, &made.shown).unwrap_or_else(|| json!({}));
            let refused = harness
                .change(resource, &made.path, &body)?
                .header("if-match", stale);
            harness.refused(Refusal::Precondition, &refused)?;
            unchanged(harness, resource, &made)?;
            let with = |name: &str, value: &str| -> Result<Request, CheckError> {
                Ok(harness
                    .change(resource, &made.path, &body)?
                    .header(name, value))
            };
            // Changes use strong comparison, so a weak tag does not match.
            harness.refused(
                Refusal::Precondition,
                &with("if-match", &format!("W/{}", made.etag))?,
            )?;
            harness.refused(Refusal::Precondition, &with("if-none-match", &made.etag)?)?;
            unchanged(harness, resource, &made)?;
            let known = with("if-match", &format!("{stale}, {}", made.etag))?;
            let exchange = harness.expect(200, &known)?;
            let etag = exchange.header("etag").unwrap_or_default().to_owned();
            let changed = exchange.json() != serde_json::Value::Object(made.shown.clone());
            harness.ensure((etag != made.etag) == changed, || {
                "the ETag moves with the object".to_owned()
            })?;
            if changed {
                harness.refused(Refusal::Precondition, &known)?;
            }
            // `*` matches any existing object.
            let any = harness
                .change(resource, &made.path, &body)?
                .header("if-match", "*");
            harness.expect(200, &any).map(drop)
        }
        _ => {
            harness.refused(
                Refusal::Precondition,
                &Request::new("DELETE", &made.path).header("if-match", stale),
            )?;
            unchanged(harness, resource, &made)?;
            let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
            harness
                .expect(
                    status,
                    &Request::new("DELETE", &made.path).header("if-match", &made.etag),
                )
                .map(drop)
        }
    }
}
