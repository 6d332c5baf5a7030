//! Checks that refused requests change nothing.

use crate::harness::{CheckError, Fixture, Harness};
use fieldproof_spec::model::Resource;

/// Checks that a refused change left the object as it was.
pub(crate) fn unchanged(
    harness: &Harness<'_>,
    resource: &Resource,
    made: &Fixture,
) -> Result<(), CheckError> {
    if resource.get.is_none() {
        return Ok(());
    }
    let now = harness.get(resource, &made.path)?;
    harness.ensure(now == made.shown, || {
        "a refused change leaves the object as it was".to_owned()
    })
}
