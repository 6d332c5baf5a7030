//! Requests of an operation by its name.

use crate::duty::Duty;
use crate::lab::{Ask, Lab, Made, Stop};
use serde_json::{Map, Value, json};

/// A request of the operation that would succeed.
pub(crate) fn ask(lab: &Lab<'_>, duty: &Duty, made: &Made) -> Result<Ask, Stop> {
    let resource = duty.resource(lab.api);
    Ok(match duty.member.as_str() {
        "list" => Ask::get(&made.collection),
        "get" => Ask::get(&made.path),
        "create" => lab
            .create(resource, &made.collection)
            .json(&Value::Object(lab.small_body(resource, &Map::new()))),
        "update" => lab.change(resource, &made.path, &json!({}))?,
        "append" => lab.append(resource, &made.path, &json!({})),
        _ => Ask::new("DELETE", &made.path),
    })
}
