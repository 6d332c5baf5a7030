//! How many objects a parent takes.

use fieldproof_spec::model::{RefusalBody, Resource};

use super::{CheckError, Exchange, Harness};

impl Harness<'_> {
    /// Whether a create was refused because its parent has all the children it may have,
    /// where that are few, or they stay below a parent that stays.
    pub(crate) fn is_full(&self, exchange: &Exchange) -> bool {
        let few = |resource: &Resource| {
            let room = crate::model::room(self.api, resource);
            room < 10 || room < usize::MAX && self.stays(resource)
        };
        let is_full = match (self.api.dialect.refusals.said(), self.violations(exchange)) {
            (Some(RefusalBody::Problem), Some(all)) => {
                matches!(&all[..], [one] if one.place.is_empty() && one.has(&["too_many_items"]))
            }
            // What nothing says may be said by any refusal.
            _ => (400..500).contains(&exchange.status),
        };
        is_full && self.api.resources.iter().any(few)
    }

    /// Whether objects of the resource are never removed, nor what they are below.
    fn stays(&self, resource: &Resource) -> bool {
        let above = resource.parent.as_ref();
        let above = above.and_then(|parent| self.api.resource(&parent.resource));
        let made = above.is_some_and(|above| above.create.is_some());
        resource.delete.is_none() && !made
    }

    /// Skips where a create found no room below its parent.
    ///
    /// # Errors
    /// The skip.
    pub(crate) fn has_room(&self, exchange: &Exchange) -> Result<(), CheckError> {
        match self.is_full(exchange) {
            true => Err(CheckError::Skip(
                "no more objects fit below one parent, so nothing was asked".to_owned(),
            )),
            false => Ok(()),
        }
    }
}
