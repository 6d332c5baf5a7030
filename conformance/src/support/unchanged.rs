//! What a refused request leaves as it was.

use crate::lab::{Lab, Made, Stop};
use fieldproof_spec::model::Resource;

/// Nothing of a refused change is stored.
pub(crate) fn unchanged(lab: &Lab<'_>, resource: &Resource, made: &Made) -> Result<(), Stop> {
    if resource.get.is_none() {
        return Ok(());
    }
    let now = lab.get(resource, &made.path)?;
    lab.ensure(now == made.shown, || {
        "a refused change leaves the object as it was".to_owned()
    })
}
