//! `null` as a value.

use fieldproof_spec::model::Blank;
use serde_json::{Map, Value, json};

use super::duty::fields;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::model::{nothing, takes_null};

pub(super) static CHECK: Check = Check {
    name: "null",
    about: "`null` is taken and shown where it is documented as a value, and refused with the code `null` elsewhere, by \
            creates and updates.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create()
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let takes = takes_null(field) || field.blank == Blank::Nothing;
    let cleared = match field.blank {
        Blank::Nothing => nothing(field),
        _ => Value::Null,
    };
    let mut with = Map::new();
    with.insert(field.name.clone(), Value::Null);
    let pointer = format!("/{}", field.name);
    let made = lab.make(resource)?;
    let updates = resource.update.is_some() && field.on_update();
    if takes {
        let fresh = lab.make_with(resource, &with)?;
        let shown = fresh.shown.get(&field.name);
        lab.ensure(shown == Some(&cleared) || !field.is_shown(), || {
            format!("`{}` is shown as {cleared}", field.name)
        })?;
        if updates {
            let exchange = lab.expect(
                200,
                &lab.change(resource, &made.path, &json!({ &field.name: null }))?,
            )?;
            lab.ensure(exchange.json()[&field.name] == cleared, || {
                format!("null clears `{}`", field.name)
            })?;
        }
        return Ok(());
    }
    let body = lab.small_body(resource, &with);
    let ask = lab
        .create(resource, &made.collection)
        .json(&Value::Object(body));
    lab.expect_violation(&ask, &pointer, &["null", "type"])?;
    if updates {
        lab.expect_violation(
            &lab.change(resource, &made.path, &json!({ &field.name: null }))?,
            &pointer,
            &["null", "type"],
        )?;
        unchanged(lab, resource, &made)?;
    }
    Ok(())
}

/// Nothing of a refused change is stored.
pub(super) fn unchanged(
    lab: &Lab<'_>,
    resource: &fieldproof_spec::model::Resource,
    made: &crate::lab::Made,
) -> Result<(), Stop> {
    if resource.get.is_none() {
        return Ok(());
    }
    let shown = lab.get(resource, &made.path)?;
    lab.ensure(shown == made.shown, || {
        "a refused change leaves the object as it was".to_owned()
    })
}
