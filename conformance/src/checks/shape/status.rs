//! Statuses of success, and what comes with them.

use fieldproof_spec::model::{Api, Operation, Resource};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, each_operation};
use crate::lab::{Ask, Lab, Stop};
use crate::model::path;
use crate::mutant::{Kind, Mutation};
use crate::obligation::Severity;

pub(crate) static CHECK: Check = Check {
    name: "status",
    about: "The operation answers with its documented status: a create with 201, `Location`, `ETag` and the object, a \
            delete with an empty body after which the object is gone, everything else with 200 and JSON.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| each_operation(api, &Operation::ALL, &[]),
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(_: &Api, duty: &Duty) -> Vec<Mutation> {
    match duty.operation() {
        Operation::Create => {
            duty.broken(&[Kind::StatusWrong, Kind::LocationMissing, Kind::LabelWrong])
        }
        _ => duty.broken(&[Kind::StatusWrong]),
    }
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    if duty.operation() == Operation::Create {
        return created(lab, resource);
    }
    let made = lab.make(resource)?;
    match duty.operation() {
        Operation::List => {
            let exchange = lab.expect(200, &Ask::get(&made.collection))?;
            lab.items(resource, &exchange).map(drop)
        }
        Operation::Get => {
            let exchange = lab.expect(200, &Ask::get(&made.path))?;
            json_type(lab, &exchange)?;
            lab.ensure(exchange.json() == Value::Object(made.shown.clone()), || {
                "a get shows what the create answered".to_owned()
            })?;
            lab.ensure(exchange.header("etag") == Some(made.etag.as_str()), || {
                "a get has the ETag of the create".to_owned()
            })
        }
        Operation::Update | Operation::Append => {
            let ask = match duty.operation() {
                Operation::Update => lab.change(resource, &made.path, &json!({}))?,
                _ => lab.append(resource, &made.path, &json!({})),
            };
            let exchange = lab.expect(200, &ask)?;
            json_type(lab, &exchange)?;
            lab.ensure(
                resource.id_of(&exchange.json()).as_deref() == Some(made.id()),
                || "an update answers with the object".to_owned(),
            )
        }
        _ => {
            let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
            let exchange = lab.expect(status, &Ask::new("DELETE", &made.path))?;
            lab.ensure(exchange.reply.is_empty(), || {
                "a delete has no body".to_owned()
            })?;
            if resource.get.is_some() {
                lab.expect(404, &Ask::get(&made.path))?;
            }
            lab.expect(404, &Ask::new("DELETE", &made.path)).map(drop)
        }
    }
}

/// What a create answers.
fn created(lab: &Lab<'_>, resource: &Resource) -> Result<(), Stop> {
    let above = lab.make_above(resource)?;
    let collection = crate::lab::collection(resource, &above);
    let body = lab.small_body(resource, &Map::new());
    let exchange = lab.expect(
        made_status(resource),
        &lab.create(resource, &collection).json(&Value::Object(body)),
    )?;
    json_type(lab, &exchange)?;
    let id = resource.id_of(&exchange.json()).unwrap_or_default();
    let mut ids = above;
    ids.push(id);
    let expected = path(resource, &ids);
    let location = exchange.header("location").unwrap_or_default().to_owned();
    lab.ensure(location.ends_with(&expected), || {
        format!("Location is …{expected}, got `{location}`")
    })?;
    lab.ensure(
        exchange
            .header("etag")
            .is_some_and(|tag| tag.starts_with('"')),
        || "a create has a strong ETag".to_owned(),
    )
}

fn made_status(resource: &Resource) -> u16 {
    resource.create.as_ref().map_or(201, |create| create.status)
}

fn json_type(lab: &Lab<'_>, exchange: &crate::lab::Exchange) -> Result<(), Stop> {
    let label = exchange.header("content-type").unwrap_or_default();
    lab.ensure(label.starts_with("application/json"), || {
        format!("the answer is application/json, got `{label}`")
    })
}
