//! Objects that do not exist.

use crate::harness::Fixture;
use crate::model::path;
use crate::subject::Subject;
use fieldproof_spec::model::{Operation, Resource};

/// The object with an identifier that does not exist.
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

/// An identifier of the same kind, far from those in use.
pub(crate) fn far(id: &str) -> String {
    match id.len() {
        // A short identifier is a growing number; a slightly larger one may soon exist.
        ..16 => "9".repeat(18),
        length => "9".repeat(length),
    }
}
