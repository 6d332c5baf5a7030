//! What is asked of every answer to a write.

use fieldproof_spec::model::{Operation, Resource, Verb};
use serde_json::{Map, Value};

use crate::harness::{CheckError, Exchange, Fixture, Harness, Request};

/// The methods of an operation that writes a body.
pub(super) fn methods(resource: &Resource, operation: Operation) -> &[Verb] {
    let verbs = match operation {
        Operation::Create => resource.create.as_ref().map(|one| &one.verbs),
        Operation::Update => resource.update.as_ref().map(|one| &one.verbs),
        Operation::Append => resource.append.as_ref().map(|one| &one.verbs),
        Operation::List | Operation::Get | Operation::Delete => None,
    };
    verbs.map_or(&[], Vec::as_slice)
}

/// Reads show what was answered, the second time as well.
pub(super) fn agrees(
    harness: &Harness<'_>,
    path: &str,
    answer: &Exchange,
) -> Result<(), CheckError> {
    for _ in 0..2 {
        let read = harness.expect(200, &Request::get(path))?;
        let (shown, answered) = (read.json(), answer.json());
        harness.ensure(shown == answered, || {
            format!(
                "a read shows {shown}, and {} answered {answered}",
                answer.method
            )
        })?;
        let (tag, other) = (answer.header("etag"), read.header("etag"));
        harness.ensure(tag == other || !harness.has_tags(), || {
            format!(
                "a read has the ETag {other:?}, and {} answered {tag:?}",
                answer.method
            )
        })?;
    }
    Ok(())
}

/// An object in which every member has a value, as far as they go together; `with` says some.
pub(super) fn whole(
    harness: &Harness<'_>,
    resource: &Resource,
    with: &Map<String, Value>,
) -> Result<Fixture, CheckError> {
    let above = harness.make_above(resource)?;
    harness.make_below(resource, &above, harness.wide_body(resource, with))
}

/// The object that answers a write.
pub(super) fn object(answer: &Exchange) -> Map<String, Value> {
    answer.json().as_object().cloned().unwrap_or_default()
}
