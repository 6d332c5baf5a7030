//! Bodies that cannot be read.

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};
use crate::support::unchanged;
use fieldproof_spec::model::{Edges, Operation, Refusal};

pub(crate) static CHECK: Check = Check {
    name: "malformed",
    about: "What is not JSON answers 400, a lone surrogate, nesting deeper than 64 or a member that stands twice as \
            well, a body over 1 MiB 413, and JSON that is not an object is refused at the root of the body.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let all = each_operation(api, &[Operation::Create, Operation::Update], &[]);
        let said = api.dialect.status(Refusal::Malformed).row.as_ref();
        owed(api.dialect.edges.row_if(Edges::Refused).or(said), all)
    },
    mutants: |api, subject| {
        let strict = api.dialect.edges.is(Edges::Refused);
        subject.mutations_where(&[
            (true, Operator::MalformedTaken),
            (strict, Operator::TwiceTaken),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let request = |text: Vec<u8>| -> Result<Request, CheckError> {
        Ok(match subject.operation() {
            Operation::Create => harness
                .create(resource, &made.collection)
                .header("content-type", "application/json")
                .bytes(text),
            _ => harness
                .change(resource, &made.path, &serde_json::json!({}))?
                .bytes(text),
        })
    };
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(70), "]".repeat(70));
    let texts = [
        "",
        "{",
        "{\"a\":}",
        "not json",
        "{\"a\":\"\\ud800\"}",
        "{} {}",
        "{\"x\":1,\"x\":1}",
        "{\"x\":[{\"a\":1,\"\\u0061\":2}]}",
        deep.as_str(),
    ];
    let strict = harness.api.dialect.edges.is(Edges::Refused);
    // The treatment of edge cases of JSON is not documented.
    let plain = ["{", "{\"a\":}", "not json"];
    for text in texts
        .into_iter()
        .filter(|text| strict || plain.contains(text))
    {
        harness.refused(Refusal::Malformed, &request(text.as_bytes().to_vec())?)?;
    }
    if !strict {
        for text in ["[]", "[1]", "\"x\""] {
            let exchange = harness.send(&request(text.as_bytes().to_vec())?)?;
            harness.ensure((400..500).contains(&exchange.status), || {
                format!(
                    "a body that is no object is refused, got {}",
                    exchange.status
                )
            })?;
        }
        return unchanged(harness, resource, &made);
    }
    harness.refused(Refusal::Malformed, &request(b"{\"a\":\"\xff\"}".to_vec())?)?;
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(1 << 20));
    harness.refused(Refusal::TooLarge, &request(long.into_bytes())?)?;
    for text in ["[]", "null", "1", "\"x\"", "true"] {
        harness.expect_violation(&request(text.as_bytes().to_vec())?, "", &["type"])?;
    }
    unchanged(harness, resource, &made)
}
