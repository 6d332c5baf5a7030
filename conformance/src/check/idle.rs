//! Changes that change nothing.

use fieldproof_spec::model::Field;
use serde_json::{Map, Value};

use super::duty::each_operation;
use super::{Check, Duty};
use crate::lab::{Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "idle",
    about: "An object that is sent back as it was read is accepted and stays what it is: same members, same time, same \
            ETag.",
    oblige: |api| each_operation(api, &["update"], &[]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    // What is replaced loses what is not shown and cannot be sent back.
    let replaces = resource
        .update
        .as_ref()
        .is_some_and(|update| !update.merges());
    let hides = |field: &Field| field.on_update() && !field.is_shown();
    let needed = |field: &Field| hides(field) && field.required;
    if replaces && resource.fields.iter().any(needed) {
        let why = "what has to be sent and is never shown cannot be sent back";
        return Err(Stop::Skip(why.to_owned()));
    }
    let made = match replaces && resource.fields.iter().any(hides) {
        true => lab.make_with(resource, &Map::new())?,
        false => lab.make(resource)?,
    };
    let whole = Value::Object(made.shown.clone());
    let exchange = lab.expect(200, &lab.change(resource, &made.path, &whole)?)?;
    lab.ensure(exchange.json() == whole, || {
        "what was read and is sent back stays as it is".to_owned()
    })?;
    let etag = exchange.header("etag").unwrap_or_default().to_owned();
    lab.ensure(etag == made.etag, || {
        format!("the ETag stays {}, got {etag}", made.etag)
    })
}
