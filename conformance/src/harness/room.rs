//! The limit on children of one parent.

use fieldproof_spec::model::{RefusalBody, Resource};

use super::{CheckError, Exchange, Harness};

impl Harness<'_> {
    /// Whether a create was refused because its parent already has the maximum of children.
    /// Only considered if this maximum is small, or if children cannot be removed and no
    /// other parent can be created.
    pub(crate) fn is_full(&self, exchange: &Exchange) -> bool {
        let few = |resource: &Resource| {
            let room = crate::model::room(self.api, resource);
            room < 10 || room < usize::MAX && self.stays(resource)
        };
        let is_full = match (self.api.dialect.refusals.said(), self.violations(exchange)) {
            (Some(RefusalBody::Problem), Some(all)) => {
                matches!(&all[..], [one] if one.place.is_empty() && one.has(&["too_many_items"]))
            }
            // If the form of refusals is undocumented, any refusal may mean this.
            _ => (400..500).contains(&exchange.status),
        };
        is_full && self.api.resources.iter().any(few)
    }

    /// Whether objects of the resource cannot be removed and no other parent can be
    /// created.
    fn stays(&self, resource: &Resource) -> bool {
        let above = resource.parent.as_ref();
        let above = above.and_then(|parent| self.api.resource(&parent.resource));
        let made = above.is_some_and(|above| above.create.is_some());
        resource.delete.is_none() && !made
    }

    /// Skips the check if a create found no room below its parent.
    ///
    /// # Errors
    /// The parent is full.
    pub(crate) fn has_room(&self, exchange: &Exchange) -> Result<(), CheckError> {
        match self.is_full(exchange) {
            true => Err(CheckError::Skip(
                "no more objects fit below one parent, so nothing was asked".to_owned(),
            )),
            false => Ok(()),
        }
    }
}
