//! The mock of an API, correct or with a mutation.

use std::path::PathBuf;
use std::sync::Arc;

use fieldproof_spec::model::Api;

use super::front::MutatedFront;
use super::mutation::Mutation;
use super::semantics::MutatedSemantics;
use crate::fixtures::Fixtures;
use crate::mock::Served;
use crate::model::Service;

/// The model of an API with initial objects and a folder for mails, with a mutation if one
/// is given.
#[must_use]
pub fn served(
    api: &Api,
    mutation: Option<&Mutation>,
    fixtures: &Fixtures,
    mails: Option<PathBuf>,
) -> Served {
    let Some(mutation) = mutation else {
        let service = Service::new(api.clone()).with(fixtures);
        return service.with_mails(mails).into();
    };
    let service = Service::new(mutation.rewritten(api.clone()))
        .meaning(Arc::new(MutatedSemantics::new(mutation.clone())))
        .with(&mutation.loaded(api, fixtures))
        .with_mails(mails);
    Served {
        service,
        front: Arc::new(MutatedFront::new(mutation.clone())),
    }
}
