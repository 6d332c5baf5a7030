//! The results of a run without rewrites.

use std::io::{Error, Result};

use fieldproof_spec::model::Api;

use super::{CampaignOptions, Ground};
use crate::compile::compile;
use crate::obligation::{Obligation, fits};
use crate::report::{Outcome, Verdict};
use crate::rewrite::{Rewrite, Seen, Traffic, touches};
use crate::worker::judge;

/// An obligation that passes, with the exchanges it makes.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) obligation: Obligation,
    pub(super) millis: u64,
    pub(super) seen: Vec<Seen>,
}

/// The results of a run without rewrites.
#[derive(Debug)]
pub struct Learned {
    /// The traffic, by shape.
    pub traffic: Traffic,
    /// Obligations that do not pass; they are left out.
    pub unsound: Vec<Outcome>,
    pub(super) known: Vec<Known>,
}

impl Learned {
    /// The obligations with exchanges that a rewrite touches.
    pub(super) fn touched(&self, rewrite: &Rewrite) -> Vec<&Known> {
        let touched = |known: &&Known| known.seen.iter().any(|seen| touches(rewrite, seen));
        self.known.iter().filter(touched).collect()
    }
}

/// Judges every obligation of `api` through a proxy that changes nothing.
///
/// # Errors
/// No port is free for a mock or a proxy, or the service does not answer.
pub fn learn(api: &Api, ground: &Ground, options: &CampaignOptions) -> Result<Learned> {
    let excluded = |one: &Obligation| options.exclude.iter().any(|own| fits(own, &one.id));
    let all: Vec<Obligation> = compile(api)
        .into_iter()
        .filter(|one| !excluded(one))
        .collect();
    let learned = ground.work(api, options, None, |proxy, harness, options| {
        let mut learned = Learned {
            traffic: Traffic::default(),
            unsound: Vec::new(),
            known: Vec::new(),
        };
        for (group, obligation) in all.into_iter().enumerate() {
            let _ = proxy.take();
            let outcome = judge(harness, obligation, options)?;
            let seen = proxy.take();
            if outcome.verdict != Verdict::Pass {
                learned.unsound.push(outcome);
                continue;
            }
            seen.iter().for_each(|one| learned.traffic.add(group, one));
            learned.known.push(Known {
                obligation: outcome.obligation,
                millis: outcome.millis,
                seen,
            });
        }
        Ok(learned)
    })?;
    learned
        .and_then(|learned| learned)
        .map_err(|gone| Error::other(gone.0))
}
