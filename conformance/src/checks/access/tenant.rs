//! Objects of other tenants.

use fieldproof_spec::model::{Credentials, Operation, Refusal};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Exchange, Harness, Request, Role};
use crate::http::encode;
use crate::model::path;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::{absent, request, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "tenant",
    about: "Another tenant gets the same 404 as for an identifier that nothing has, in body and headers, also by other \
            fields that find the object, and its lists do not show it.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| {
        // Without credentials, all callers are the same.
        let told = (api.credentials != Credentials::None).then_some(&api.auth);
        told.map_or_else(Vec::new, |auth| {
            each_operation(api, &Operation::ALL, &[auth])
        })
        .into_iter()
        .filter(|subject| {
            subject.operation() != Operation::Create
                || api
                    .resource(&subject.resource)
                    .is_some_and(|one| one.parent.is_some())
        })
        .collect()
    },
    mutants: |_, subject| subject.mutations(&[Operator::TenantLeak]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let foreign = request(harness, subject, &made)?.by(Role::OtherTenant);
    if subject.operation() == Operation::List && resource.parent.is_none() {
        let exchange = harness.expect(200, &foreign)?;
        let shown = harness.ids(resource, &exchange)?;
        harness.ensure(!shown.iter().any(|id| id == made.id()), || {
            "a list shows the tenant's objects only".to_owned()
        })?;
        return Ok(());
    }
    let exchange = harness.refused(Refusal::NotFound, &foreign)?;
    let unknown = absent(resource, subject, &made);
    let nobody = harness.refused(Refusal::NotFound, &request(harness, subject, &unknown)?)?;
    same(harness, &exchange, &nobody)?;
    let get = resource
        .get
        .iter()
        .filter(|_| subject.operation() == Operation::Get);
    for (name, _) in get.flat_map(|get| &get.also) {
        let by = |text: &str| {
            let above = made.ids[..made.ids.len() - 1].iter().cloned();
            let ids: Vec<String> = above.chain([encode(text)]).collect();
            Request::get(&path(resource, &ids)).by(Role::OtherTenant)
        };
        let Some(text) = made.shown.get(name).and_then(Value::as_str) else {
            continue;
        };
        let foreign = harness.refused(Refusal::NotFound, &by(text))?;
        same(
            harness,
            &foreign,
            &harness.refused(Refusal::NotFound, &by(&harness.word()))?,
        )?;
    }
    unchanged(harness, resource, &made)
}

/// Judges that two answers tell the same, apart from what identifies the request or its
/// time, including the `instance` of the problem (RFC 9457 section 3.1.5).
fn same(harness: &Harness<'_>, one: &Exchange, other: &Exchange) -> Result<(), CheckError> {
    let told = |exchange: &Exchange| {
        let own = |name: &str| name == "date" || name.contains("request-id");
        let mut headers = exchange.reply_headers.clone();
        headers.retain(|(name, _)| !own(name));
        let mut body = exchange.json();
        let instance = body
            .as_object_mut()
            .and_then(|body| body.shift_remove("instance"));
        let text = match instance {
            Some(_) => {
                headers.retain(|(name, _)| name != "content-length");
                body.to_string()
            }
            None => exchange.reply.clone(),
        };
        (text, headers)
    };
    // That the two answers are alike is a house convention.
    let house = harness.api.dialect.house.is_some();
    harness.ensure(!house || told(one) == told(other), || {
        "the two 404s are the same in body and headers".to_owned()
    })
}
