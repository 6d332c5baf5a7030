//! In which ways the promise of an obligation can be broken.

mod kinds;
mod place;
mod watch;

use fieldproof_spec::model::Api;

use crate::model::Mutation;
use crate::obligation::Obligation;

/// The mutations that an obligation has to notice.
pub(super) fn of(api: &Api, owner: &Obligation) -> Vec<Mutation> {
    let (resource, member) = place::of(api, owner);
    let broken = |kind| Mutation {
        kind,
        resource: resource.clone(),
        member: member.clone(),
    };
    kinds::of(api, owner).into_iter().map(broken).collect()
}
