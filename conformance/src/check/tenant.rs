//! Objects of other tenants.

use fieldproof_spec::model::Resource;
use serde_json::Value;

use super::duty::{OPERATIONS, each_operation};
use super::token::ask;
use super::{Check, Duty};
use crate::http::encode;
use crate::lab::{Ask, Exchange, Lab, Made, Role, Stop};
use crate::model::{Kind, path};
use crate::obligation::Severity;

pub(super) static CHECK: Check = Check {
    name: "tenant",
    about: "Another tenant gets the same 404 as for an identifier that nothing has, in body and headers, also by other \
            fields that find the object, and its lists do not show it.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| {
        each_operation(api, OPERATIONS, &[&api.auth])
            .into_iter()
            .filter(|duty| {
                duty.member != "create"
                    || api
                        .resource(&duty.resource)
                        .is_some_and(|one| one.parent.is_some())
            })
            .collect()
    },
    mutants: |_, duty| duty.broken(&[Kind::TenantLeak]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let made = lab.make(resource)?;
    let foreign = ask(lab, duty, &made)?.by(Role::OtherTenant);
    if duty.member == "list" && resource.parent.is_none() {
        let exchange = lab.expect(200, &foreign)?;
        lab.ensure(!exchange.reply.contains(made.id()), || {
            "a list shows the tenant's objects only".to_owned()
        })?;
        return Ok(());
    }
    let exchange = lab.expect(404, &foreign)?;
    let unknown = absent(resource, duty, &made);
    let nobody = lab.expect(404, &ask(lab, duty, &unknown)?)?;
    same(lab, &exchange, &nobody)?;
    let get = resource.get.iter().filter(|_| duty.member == "get");
    for (name, _) in get.flat_map(|get| &get.also) {
        let by = |text: &str| {
            let above = made.ids[..made.ids.len() - 1].iter().cloned();
            let ids: Vec<String> = above.chain([encode(text)]).collect();
            Ask::get(&path(resource, &ids)).by(Role::OtherTenant)
        };
        let Some(text) = made.shown.get(name).and_then(Value::as_str) else {
            continue;
        };
        let foreign = lab.expect(404, &by(text))?;
        same(lab, &foreign, &lab.expect(404, &by(&lab.word()))?)?;
    }
    super::null::unchanged(lab, resource, &made)
}

/// The same object under an identifier that nothing has.
pub(super) fn absent(resource: &Resource, duty: &Duty, made: &Made) -> Made {
    let mut unknown = made.clone();
    let position = match duty.member.as_str() {
        "list" | "create" => unknown.ids.len() - 2,
        _ => unknown.ids.len() - 1,
    };
    unknown.ids[position] = far(&unknown.ids[position]);
    unknown.path = path(resource, &unknown.ids);
    unknown.collection = crate::lab::collection(resource, &unknown.ids[..unknown.ids.len() - 1]);
    unknown
}

/// An identifier of the same kind, far from what is given out.
pub(super) fn far(id: &str) -> String {
    match id.len() {
        // A number that grows is not far from one that another object has.
        ..16 => "9".repeat(18),
        length => "9".repeat(length),
    }
}

/// Two answers that tell the same: what names the request or its moment aside,
/// also where it is the `instance` of the problem (RFC 9457 section 3.1.5).
fn same(lab: &Lab<'_>, one: &Exchange, other: &Exchange) -> Result<(), Stop> {
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
    lab.ensure(told(one) == told(other), || {
        "the two 404s are the same in body and headers".to_owned()
    })
}
