//! Valid requests of operations.

use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::subject::Subject;
use fieldproof_spec::model::Operation;
use serde_json::{Map, Value, json};

/// A request of the operation that should succeed.
pub(crate) fn request(
    harness: &Harness<'_>,
    subject: &Subject,
    made: &Fixture,
) -> Result<Request, CheckError> {
    let resource = subject.resource(harness.api);
    Ok(match subject.operation() {
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
