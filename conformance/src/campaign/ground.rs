//! Where rewrites are judged: a mock for each, or one service that is there.

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

/// Where rewrites are judged.
#[derive(Debug, Clone)]
pub enum Ground {
    /// A mock of the spec for each.
    Mocks,
    /// One service for all, judged with these options.
    Service(Box<Options>),
}

impl Ground {
    /// CampaignOptions many can be judged at one time without seeing each other's objects.
    pub(super) fn room(&self, workers: usize) -> usize {
        match self {
            Self::Mocks => workers.max(1),
            Self::Service(_) => 1,
        }
    }

    /// Works on a service of `api` behind a proxy. What the proxy breaks when keys are
    /// made is an error with a text, and nothing else is.
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
                    // A mock is quick, and one that is rewritten may tell nothing at all.
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
