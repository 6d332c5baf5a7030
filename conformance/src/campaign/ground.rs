//! Services for judging rewrites: a mock for each, or one existing service.

use std::io::{Error, Result};
use std::time::Duration;

use fieldproof_spec::model::Api;

use super::CampaignOptions;
use crate::fixtures::fixtures;
use crate::harness::{Harness, Pace, RoleTokens, Unreachable};
use crate::keys;
use crate::mock::serve;
use crate::mutant::served;
use crate::options::Options;
use crate::rewrite::{Proxy, Rewrite, Routes, Target};

/// The service that rewrites are judged on.
#[derive(Debug, Clone)]
pub enum Ground {
    /// A separate mock of the spec for each rewrite.
    Mocks,
    /// One existing service for all rewrites, with these options.
    Service(Box<Options>),
}

impl Ground {
    /// How many rewrites can be judged at the same time without seeing each other's
    /// objects.
    pub(super) fn room(&self, workers: usize) -> usize {
        match self {
            Self::Mocks => workers.max(1),
            Self::Service(_) => 1,
        }
    }

    /// Runs `work` on a service of `api` behind a proxy. The inner error means that the
    /// service stopped answering while keys were created.
    pub(super) fn work<T>(
        &self,
        api: &Api,
        campaign: &CampaignOptions,
        rewrite: Option<&Rewrite>,
        work: impl FnOnce(&Proxy, &Harness<'_>, &Options) -> T,
    ) -> Result<std::result::Result<T, Unreachable>> {
        let folder = tempfile::tempdir()?;
        let (options, _mock) = match self {
            Self::Service(options) => (options.as_ref().clone(), None),
            Self::Mocks => {
                let given = fixtures(api);
                let mails = Some(folder.path().to_owned());
                let mock = serve(served(api, None, &given, mails.clone()))?;
                let options = Options {
                    url: format!("http://{}", mock.address),
                    tokens: RoleTokens::of_mock(),
                    fixtures: given,
                    mails,
                    // A mock answers quickly, and a rewritten one may send no notification
                    // at all.
                    notices: Duration::from_secs(2),
                    ..Options::default()
                };
                (options, Some(mock))
            }
        };
        let target = Target::of(&options.url).map_err(Error::other)?;
        let base = options.bases.get(&api.name).unwrap_or(&api.base);
        let routes = Routes::of(api, base);
        let proxy = match rewrite {
            None => Proxy::open(target, routes)?,
            Some(rewrite) => Proxy::with(target, routes, rewrite.clone())?,
        };
        let options = Options {
            url: format!("http://{}", proxy.address),
            seed: campaign.seed,
            cases: campaign.cases,
            ..options
        };
        let pace = Pace::new(options.rate);
        let done = keys::with_keys(api, &options, &options.tokens, &pace).map(|api| {
            let harness = Harness::new(&api, &options, &options.tokens, &pace);
            let done = work(&proxy, &harness, &options);
            keys::retire(&api, &options, &options.tokens, &pace);
            done
        });
        if matches!(self, Self::Service(_)) {
            proxy.sweep()?;
        }
        Ok(done)
    }
}
