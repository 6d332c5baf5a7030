//! Combinations of members that may occur only once.

use fieldproof_spec::model::{Api, Resource, Scope, Unique};
use serde_json::{Map, Value};

use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::{Kind, Mutation, below};
use crate::obligation::Severity;

pub(super) static CHECK: Check = Check {
    name: "combination",
    about: "The same combination is refused with 409 within its scope and taken outside of it; twice in one body it is \
            refused at both places.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, duty: &Duty) -> Vec<Mutation> {
    let last = unique_of(api, duty).fields.last();
    let last = last.map(String::as_str).unwrap_or_default();
    duty.broken_at(last, &[Kind::CombinationIgnored])
}

fn oblige(api: &Api) -> Vec<Duty> {
    let mut duties = Vec::new();
    for resource in api.resources.iter().filter(|one| is_written(one)) {
        for (at, unique) in resource.unique.iter().enumerate() {
            let subject = format!("{}.{}", resource.name, unique.fields.join("+"));
            duties.push(Duty::new(
                subject,
                &resource.name,
                &at.to_string(),
                &[&unique.row],
            ));
        }
    }
    duties
}

/// Whether a request can break a rule between members.
pub(super) fn is_written(resource: &Resource) -> bool {
    resource.create.is_some() || resource.update.is_some()
}

fn unique_of<'a>(api: &'a Api, duty: &Duty) -> &'a Unique {
    &duty.resource(api).unique[duty.member.parse::<usize>().unwrap_or_default()]
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let unique = unique_of(lab.api, duty);
    let above = lab.make_above(resource)?;
    let with = values(lab, resource, unique);
    let first = lab.make_below(resource, &above, lab.small_body(resource, &with))?;
    let again = Value::Object(lab.small_body(resource, &with));
    lab.expect(409, &lab.create(resource, &first.collection).json(&again))?;
    if resource.parent.is_some() {
        let elsewhere = lab.other_above(resource, &above)?;
        let collection = crate::lab::collection(resource, &elsewhere);
        let status = match unique.within {
            Scope::Parent => resource.create.as_ref().map_or(201, |create| create.status),
            Scope::Tenant => 409,
        };
        lab.expect(status, &lab.create(resource, &collection).json(&again))?;
        twins(lab, resource, [&again, &again], unique.fields.as_slice())?;
    }
    Ok(())
}

/// A value for each member of a combination: `null` equals nothing.
pub(super) fn values(lab: &Lab<'_>, resource: &Resource, unique: &Unique) -> Map<String, Value> {
    let mut with = Map::new();
    for field in unique.fields.iter().filter_map(|name| resource.field(name)) {
        with.insert(field.name.clone(), lab.value(resource, field, &with));
    }
    with
}

/// Twice in the body of the parent.
pub(super) fn twins(
    lab: &Lab<'_>,
    resource: &Resource,
    pair: [&Value; 2],
    members: &[String],
) -> Result<(), Stop> {
    let Some(relation) = &resource.parent else {
        return Ok(());
    };
    let (Some(embed), Some(above)) = (&relation.embed, lab.api.resource(&relation.resource)) else {
        return Ok(());
    };
    if above.create.is_none() || super::room(lab.api, resource) < pair.len() {
        return Ok(());
    }
    let grand = lab.make_above(above)?;
    let mut body = lab.small_body(above, &Map::new());
    body.insert(
        embed.clone(),
        Value::Array(pair.into_iter().cloned().collect()),
    );
    let collection = crate::lab::collection(above, &grand);
    let exchange = lab.send(&lab.create(above, &collection).json(&Value::Object(body)))?;
    // No other object is in the way: even 409 is another answer.
    let (found, status) = (exchange.status, lab.api.switches.validation_status);
    lab.ensure(found == status, || {
        format!("twins in one body are refused with {status}, got {found}")
    })?;
    let errors = exchange.json()["errors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for at in 0..2 {
        let begins = format!("{}/{at}/", below("", embed));
        let named = errors
            .iter()
            .filter_map(|error| error["pointer"].as_str())
            .any(|pointer| {
                pointer
                    .strip_prefix(&begins)
                    .is_some_and(|member| members.iter().any(|name| name == member))
            });
        lab.ensure(named, || {
            format!(
                "what is there twice is named at {begins}…, got {}",
                Value::Array(errors.clone())
            )
        })?;
    }
    Ok(())
}
