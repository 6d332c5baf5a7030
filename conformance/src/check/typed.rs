//! Values of other types.

use fieldproof_spec::model::Type;
use serde_json::{Map, Value, json};

use super::duty::fields;
use super::null::unchanged;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};
use crate::strategy::wrong_types;

pub(super) static CHECK: Check = Check {
    name: "typed",
    about: "A value of another JSON type is refused at its place with the code `type`, by creates and updates, and \
            nothing is stored. Truth values are read as 1, 0 and as text as well, and shown as truth values.",
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.on_create()
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let made = lab.make(resource)?;
    let pointer = format!("/{}", field.name);
    for value in wrong_types(field) {
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
    if field.ty != Type::Boolean || field.list {
        return Ok(());
    }
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
