//! Objects of other tenants.

use super::duty::{OPERATIONS, each_operation};
use super::token::ask;
use super::{Check, Duty};
use crate::lab::{Lab, Role, Stop};

pub(super) static CHECK: Check = Check {
    name: "tenant",
    about: "Another tenant gets the same 404 as for an identifier that nothing has, byte for byte, and its lists do \
            not show the object.",
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
    let mut unknown = made.clone();
    let position = match duty.member.as_str() {
        "list" | "create" => unknown.ids.len() - 2,
        _ => unknown.ids.len() - 1,
    };
    unknown.ids[position] = match unknown.ids[position].len() {
        // A number that grows is not far from one that another object has.
        ..16 => "9".repeat(18),
        length => "9".repeat(length),
    };
    unknown.path = crate::model::path(resource, &unknown.ids);
    unknown.collection = crate::lab::collection(resource, &unknown.ids[..unknown.ids.len() - 1]);
    let nobody = lab.expect(404, &ask(lab, duty, &unknown)?)?;
    lab.ensure(exchange.reply == nobody.reply, || {
        "the two 404s are the same".to_owned()
    })?;
    super::null::unchanged(lab, resource, &made)
}
