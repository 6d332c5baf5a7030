//! Requests of an operation by its name.

use crate::duty::Duty;
use crate::lab::{Ask, Lab, Made, Stop};
use fieldproof_spec::model::Operation;
use serde_json::{Map, Value, json};

/// A request of the operation that would succeed.
pub(crate) fn ask(lab: &Lab<'_>, duty: &Duty, made: &Made) -> Result<Ask, Stop> {
    let resource = duty.resource(lab.api);
    Ok(match duty.operation() {
        Operation::List => Ask::get(&made.collection),
        Operation::Get => Ask::get(&made.path),
        Operation::Create => lab
            .create(resource, &made.collection)
            .json(&Value::Object(lab.small_body(resource, &Map::new()))),
        Operation::Update => lab.change(resource, &made.path, &json!({}))?,
        Operation::Append => lab.append(resource, &made.path, &json!({})),
        _ => Ask::new("DELETE", &made.path),
    })
}
