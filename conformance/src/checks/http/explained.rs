//! Pages that explain problem types.

use fieldproof_spec::model::{Api, RefusalBody};
use serde_json::json;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart, owed};

pub(crate) static CHECK: Check = Check {
    name: "explained",
    about: "The `type` of a refusal leads to a page of the service that explains it, for anybody; what has no such kind \
            has no page.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api: &Api| {
        let first = api.resources.first();
        let subject = |name: &str| {
            Subject::new(
                "problems".to_owned(),
                name,
                SubjectPart::Whole,
                &[&api.auth],
            )
        };
        let problems = api.dialect.refusals.said() == Some(&RefusalBody::Problem);
        let row = api.dialect.refusals.row.as_ref().filter(|_| problems);
        owed(
            row,
            first.map(|one| subject(&one.name)).into_iter().collect(),
        )
    },
    mutants: |_, subject| {
        subject.mutations(&[Operator::ProblemUnexplained, Operator::ProblemWordless])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let collection = crate::harness::collection(resource, &harness.make_above(resource)?);
    let read = Request::get(&format!("{collection}?no-such-parameter=1"));
    let refused = [
        Request::get("/no-such-path"),
        Request::new("DELETE", &collection),
        read.clone(),
        read.clone().by(Role::Nobody),
        harness.create(resource, &collection).json(&json!(1)),
    ];
    for request in refused {
        let exchange = harness.send(&request)?;
        harness.ensure(exchange.status >= 400, || {
            format!("the request is refused, got {}", exchange.status)
        })?;
        let kind = exchange.json()["type"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let page = harness.page(&kind)?;
        harness.ensure(page.status == 200 && !page.reply.is_empty(), || {
            format!("`{kind}` is explained there, got {}", page.status)
        })?;
    }
    let page = harness.page("/problems/no-such-kind")?;
    harness.ensure(page.status == 404, || {
        format!(
            "what is no kind of problem has no page, got {}",
            page.status
        )
    })?;
    harness.judge_refusal(&page)
}
