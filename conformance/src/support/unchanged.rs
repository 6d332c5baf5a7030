//! What a refused request leaves as it was.

use crate::harness::{CheckError, Fixture, Harness};
use fieldproof_spec::model::Resource;

/// Nothing of a refused change is stored.
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
