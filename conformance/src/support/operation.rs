//! Requests of an operation by its name.

use crate::duty::Duty;
use crate::harness::{CheckError, Harness, Made, Request};
use fieldproof_spec::model::Operation;
use serde_json::{Map, Value, json};

/// A request of the operation that would succeed.
pub(crate) fn request(
    harness: &Harness<'_>,
    duty: &Duty,
    made: &Made,
) -> Result<Request, CheckError> {
    let resource = duty.resource(harness.api);
    Ok(match duty.operation() {
        Operation::List => Request::get(&made.collection),
        Operation::Get => Request::get(&made.path),
        Operation::Create => harness
            .create(resource, &made.collection)
            .json(&Value::Object(harness.small_body(resource, &Map::new()))),
        Operation::Update => harness.change(resource, &made.path, &json!({}))?,
        Operation::Append => harness.append(resource, &made.path, &json!({})),
        _ => Request::new("DELETE", &made.path),
    })
}
