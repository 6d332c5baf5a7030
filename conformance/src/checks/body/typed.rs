//! Values of other types.

use fieldproof_spec::model::{Api, Field, Resource, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::lab::{Lab, Stop};
use crate::model::{Kind, Mutation, below};
use crate::obligation::Severity;
use crate::strategy::wrong_types;
use crate::support::unchanged;

pub(crate) static CHECK: Check = Check {
    name: "typed",
    about: "A value of another JSON type is refused at its place with the code `type`, by creates and updates, and \
            nothing is stored. Truth values are read as 1, 0 and as text as well, and shown as truth values. A number is \
            whole by what it is: `3.0` is 3.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create()
        })
    },
    mutants,
    run,
};

/// Ways to break the promise.
fn mutants(api: &Api, duty: &Duty) -> Vec<Mutation> {
    let field = duty.field(api);
    match (&field.ty, field.list) {
        (Type::Boolean, _) => {
            duty.broken(&[Kind::TypeIgnored, Kind::BooleanKept, Kind::BooleanLoose])
        }
        (Type::Integer { .. }, false) => duty.broken(&[Kind::TypeIgnored, Kind::IntegerWritten]),
        _ => duty.broken(&[Kind::TypeIgnored]),
    }
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let made = lab.make(resource)?;
    let pointer = below("", &field.name);
    for value in wrong_types(lab.api, field) {
        let mut with = Map::new();
        with.insert(field.name.clone(), value.clone());
        let body = lab.small_body(resource, &with);
        let ask = lab
            .create(resource, &made.collection)
            .json(&Value::Object(body));
        lab.expect_violation(&ask, &pointer, &["type"])?;
        if resource.update.is_some() && field.on_update() {
            lab.expect_violation(
                &lab.change(resource, &made.path, &json!({ &field.name: value }))?,
                &pointer,
                &["type"],
            )?;
        }
    }
    unchanged(lab, resource, &made)?;
    match &field.ty {
        _ if field.list => Ok(()),
        Type::Boolean => truths(lab, resource, field),
        Type::Integer { min, max } => whole(lab, resource, field, (*min, *max)),
        _ => Ok(()),
    }
}

/// Truth values are read in every spelling.
fn truths(lab: &Lab<'_>, resource: &Resource, field: &Field) -> Result<(), Stop> {
    for (sent, meant) in [
        (json!(true), true),
        (json!(false), false),
        (json!(1), true),
        (json!(0), false),
        (json!("true"), true),
        (json!("false"), false),
    ] {
        let with = [(field.name.clone(), sent.clone())].into_iter().collect();
        let made = lab.make_with(resource, &with)?;
        let shown = made.shown.get(&field.name).cloned();
        lab.ensure(!field.is_shown() || shown == Some(meant.into()), || {
            format!(
                "{sent} is shown as {meant}, got {}",
                shown.unwrap_or_default()
            )
        })?;
    }
    Ok(())
}

/// A number is whole by what it is, with a point or an exponent as well.
fn whole(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    (min, max): (i64, i64),
) -> Result<(), Stop> {
    let taken = (min..=max).contains(&0).then_some((-0.0, 0));
    let least = min.max(1).min(max);
    let small = (least.unsigned_abs() < 1 << 53).then_some((least as f64, least));
    let unique = field.unique.is_some();
    for (sent, meant) in taken.into_iter().chain(small).filter(|_| !unique) {
        let with = [(field.name.clone(), json!(sent))].into_iter().collect();
        let made = lab.make_with(resource, &with)?;
        let shown = made.shown.get(&field.name);
        lab.ensure(!field.is_shown() || shown == Some(&meant.into()), || {
            format!(
                "{sent:?} is shown as {meant}, got {}",
                shown.unwrap_or(&Value::Null)
            )
        })?;
    }
    let with = [(field.name.clone(), json!(1e300))].into_iter().collect();
    let body = Value::Object(lab.small_body(resource, &with));
    let above = lab.make_above(resource)?;
    let ask = lab.create(resource, &crate::lab::collection(resource, &above));
    let place = below("", &field.name);
    lab.expect_violation(&ask.json(&body), &place, &["too_large", "type"])
        .map(drop)
}
