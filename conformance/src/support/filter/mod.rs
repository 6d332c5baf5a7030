//! Objects and questions that distinguish a filter from plausible faulty ones.

mod objects;
mod questions;

pub(crate) use self::objects::{separating, stamped};
pub(crate) use self::questions::{questions, strangers};

use crate::harness::{CheckError, Harness};
use fieldproof_spec::model::{Field, Resource};

/// The error that no question distinguished the filter from one that is ignored.
pub(crate) fn alike(harness: &Harness<'_>, resource: &Resource, field: &Field) -> CheckError {
    let name = &field.name;
    if !field.on_create() {
        return CheckError::Skip(format!(
            "the server alone sets `{name}`, and nothing that a filter could tell apart is there; see --fixtures"
        ));
    }
    match harness.is_limited(resource) {
        true => CheckError::Skip(format!("`{name}` has too few values to tell objects apart")),
        false => {
            CheckError::Inconclusive("no question told the filter from none at all".to_owned())
        }
    }
}
