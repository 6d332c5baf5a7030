//! Success statuses, and what comes with them.

use crate::kind::{Source, kind};
use fieldproof_spec::model::{Api, Field, Operation, Refusal, Resource, Sent};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::model::{accept, path, room};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::one_change;

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

/// Room that a resource has to have so that objects stand beside one that is removed.
const SEVERAL: usize = 8;

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.operation() {
        Operation::Create => subject.mutations_where(&[
            (
                is_said(subject.resource(api), Operation::Create),
                Operator::StatusWrong,
            ),
            (
                api.dialect.location.is(Sent::Sent),
                Operator::LocationMissing,
            ),
            (api.dialect.house.is_some(), Operator::LabelWrong),
            (true, Operator::LabelTwice),
        ]),
        operation => {
            let resource = subject.resource(api);
            let said = is_said(resource, operation);
            let removes = operation == Operation::Delete && resource.list.is_some();
            let beside = resource.create.is_some() && resource.get.is_some();
            let mut all = subject.mutations_where(&[(said, Operator::StatusWrong)]);
            all.extend(subject.resource_mutations_where(&[
                (removes, Operator::RemovedListed),
                (
                    removes && beside && room(api, resource) >= SEVERAL,
                    Operator::SiblingsRemoved,
                ),
            ]));
            all
        }
    }
}

/// Whether the status of a success is documented.
fn is_said(resource: &Resource, operation: Operation) -> bool {
    let said = match operation {
        Operation::Create => resource.create.as_ref().map(|create| create.status_is_said),
        Operation::Delete => resource.delete.as_ref().map(|delete| delete.status_is_said),
        _ => None,
    };
    said.unwrap_or(true)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    if subject.operation() == Operation::Create {
        return created(harness, resource);
    }
    let made = harness.make(resource)?;
    match subject.operation() {
        Operation::List => {
            let exchange = harness.expect(200, &Request::get(&made.collection))?;
            harness.items(resource, &exchange).map(drop)
        }
        Operation::Get => {
            let exchange = harness.expect(200, &Request::get(&made.path))?;
            json_type(harness, &exchange)?;
            harness.ensure(exchange.json() == Value::Object(made.shown.clone()), || {
                "a get shows what the create answered".to_owned()
            })?;
            let same = exchange.header("etag") == Some(made.etag.as_str());
            harness.ensure(same || !harness.has_tags(), || {
                "a get has the ETag of the create".to_owned()
            })
        }
        Operation::Update | Operation::Append => {
            let request = match subject.operation() {
                Operation::Update => {
                    let empty = harness.is_house().then(|| json!({}));
                    let body = empty.or_else(|| one_change(harness, resource, &made.shown));
                    harness.change(resource, &made.path, &body.unwrap_or_else(|| json!({})))?
                }
                _ => harness.append(resource, &made.path, &json!({})),
            };
            let exchange = harness.expect(200, &request)?;
            json_type(harness, &exchange)?;
            harness.ensure(
                resource.id_of(&exchange.json()).as_deref() == Some(made.id()),
                || "an update answers with the object".to_owned(),
            )
        }
        _ => {
            let above = &made.ids[..made.ids.len() - 1];
            let others = neighbours(harness, resource, above)?;
            let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
            let exchange = harness.expect(status, &Request::new("DELETE", &made.path))?;
            stays(harness, resource, &others)?;
            let bare = exchange.status == 204 || harness.is_house();
            harness.ensure(exchange.reply.is_empty() || !bare, || {
                "a delete has no body".to_owned()
            })?;
            gone(harness, resource, &made)
        }
    }
}

/// Objects created before and after, if there is room for them.
fn neighbours(
    harness: &Harness<'_>,
    resource: &Resource,
    above: &[String],
) -> Result<Vec<Fixture>, CheckError> {
    let few = room(harness.api, resource) < SEVERAL || harness.is_limited(resource);
    if resource.create.is_none() || resource.get.is_none() || few {
        return Ok(Vec::new());
    }
    let small = || harness.small_body(resource, &Map::new());
    let made = (0..2).map(|_| harness.make_below(resource, above, small()));
    made.collect()
}

/// Judges that other objects stay as they were when one is removed.
fn stays(harness: &Harness<'_>, resource: &Resource, others: &[Fixture]) -> Result<(), CheckError> {
    for other in others {
        let now = harness.get(resource, &other.path)?;
        harness.ensure(now == other.shown, || {
            "an object beside the one that was removed stays as it was".to_owned()
        })?;
    }
    Ok(())
}

/// Judges that a removed object is neither read nor listed.
fn gone(harness: &Harness<'_>, resource: &Resource, made: &Fixture) -> Result<(), CheckError> {
    if resource.get.is_some() {
        harness.refused(Refusal::NotFound, &Request::get(&made.path))?;
    }
    if resource.list.is_some() {
        let items = harness.all(resource, &made.collection, "")?;
        let own = |item: &Value| resource.id_of(item).as_deref() == Some(made.id());
        harness.ensure(!items.iter().any(own), || {
            "the list does not show what was removed".to_owned()
        })?;
    }
    match harness.is_house() {
        true => harness
            .refused(Refusal::NotFound, &Request::new("DELETE", &made.path))
            .map(drop),
        false => Ok(()),
    }
}

/// Judges the answer to a create.
fn created(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let mark = harness.letters(12).to_ascii_lowercase();
    let named = resource
        .fields
        .iter()
        .find(|field| is_name(harness, field, &mark));
    let with = named.map(|field| (field.name.clone(), Value::from(mark.as_str())));
    let body = harness.small_body(resource, &with.into_iter().collect());
    let exchange = harness.expect(
        made_status(resource),
        &harness
            .create(resource, &collection)
            .json(&Value::Object(body)),
    )?;
    json_type(harness, &exchange)?;
    if let (Some(field), Some(_)) = (named, &resource.list) {
        let items = harness.all(resource, &collection, "")?;
        let own = |item: &&Value| item[&field.name] == mark.as_str();
        let count = items.iter().filter(own).count();
        harness.ensure(count == 1, || {
            format!("a create makes one object, and {count} are listed")
        })?;
    }
    let id = resource.id_of(&exchange.json()).unwrap_or_default();
    let mut ids = above;
    ids.push(id);
    harness.located(&exchange, &path(resource, &ids))?;
    let tag = exchange
        .header("etag")
        .is_some_and(|tag| tag.starts_with('"'));
    harness.ensure(tag || !harness.has_tags(), || {
        "a create has a strong ETag".to_owned()
    })
}

/// Whether the field accepts a text of letters by which the object can be recognized.
fn is_name(harness: &Harness<'_>, field: &Field, mark: &str) -> bool {
    let free = kind(&field.ty).free().is_some() && field.is_plain() && !field.list;
    let sent = Value::from(mark);
    let read = || accept(harness.api, field, &sent, &Map::new(), "", &mut Vec::new());
    free && field.on_create() && field.derive.is_none() && read() == Some(sent.clone())
}

fn made_status(resource: &Resource) -> u16 {
    resource.create.as_ref().map_or(201, |create| create.status)
}

/// The house labels objects as no more than JSON; elsewhere every label of JSON is as good.
fn json_type(harness: &Harness<'_>, exchange: &crate::harness::Exchange) -> Result<(), CheckError> {
    let label = exchange.header("content-type").unwrap_or_default();
    let labelled = label.starts_with("application/json") || !harness.is_house();
    harness.ensure(labelled, || {
        format!("the answer is application/json, got `{label}`")
    })
}
