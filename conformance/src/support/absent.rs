//! Objects that are not there.

use crate::harness::Fixture;
use crate::model::path;
use crate::subject::Subject;
use fieldproof_spec::model::{Operation, Resource};

/// The same object under an identifier that nothing has.
pub(crate) fn absent(resource: &Resource, subject: &Subject, made: &Fixture) -> Fixture {
    let mut unknown = made.clone();
    let position = match subject.operation() {
        Operation::List | Operation::Create => unknown.ids.len() - 2,
        _ => unknown.ids.len() - 1,
    };
    unknown.ids[position] = far(&unknown.ids[position]);
    unknown.path = path(resource, &unknown.ids);
    unknown.collection =
        crate::harness::collection(resource, &unknown.ids[..unknown.ids.len() - 1]);
    unknown
}

/// An identifier of the same kind, far from what is given out.
pub(crate) fn far(id: &str) -> String {
    match id.len() {
        // A number that grows is not far from one that another object has.
        ..16 => "9".repeat(18),
        length => "9".repeat(length),
    }
}
