//! Mutations of the effects of a write on other objects.

use fieldproof_spec::model::{Api, Parent, Resource, Scope};

use super::MutatedSemantics;
use crate::model::{Documented, Effects, Record};
use crate::mutant::mutation::Operator;

impl Effects for MutatedSemantics {
    fn competes(
        &self,
        next: (&Resource, &Record),
        rival: (&Resource, &Record),
        within: Scope,
        members: &[String],
    ) -> bool {
        let last = members.last().map_or("", String::as_str);
        let across = self.at(next.0, last) == Some(Operator::UniqueAcross);
        let other = across && next.0.name != rival.0.name;
        other || Documented.competes(next, rival, within, members)
    }

    fn has_room(&self, api: &Api, child: &Resource, siblings: usize) -> bool {
        let relation = child.parent.as_ref();
        let above = relation.and_then(|relation| api.resource(&relation.resource));
        let embed = relation.and_then(|relation| relation.embed.as_deref());
        let operator = above
            .zip(embed)
            .and_then(|(above, embed)| self.at(above, embed));
        operator == Some(Operator::BoundIgnored) || Documented.has_room(api, child, siblings)
    }

    fn touches(&self, child: &Resource, relation: &Parent) -> bool {
        let missing = self.of(child) == Some(Operator::TouchMissing);
        !missing && Documented.touches(child, relation)
    }

    fn goes_along(&self, above: &Resource, id: &str, child: &Record) -> bool {
        let missing = self.of(above) == Some(Operator::CascadeMissing);
        !missing && Documented.goes_along(above, id, child)
    }

    fn invites(&self, resource: &Resource, asked_before: bool, asks: bool) -> bool {
        match self.of(resource) {
            Some(Operator::InviteUnasked) => Documented.invites(resource, asked_before, true),
            Some(Operator::InviteRepeated) => Documented.invites(resource, false, asks),
            _ => Documented.invites(resource, asked_before, asks),
        }
    }
}
