//! Statistics of rewrites.

use std::collections::BTreeMap;
use std::time::Instant;

use fieldproof_conformance::campaign::{Explained, Judged, RewriteVerdict};
use fieldproof_spec::model::Api;

use crate::terminal::say;

/// Whether a reason marks a known hole: a promise that no check asks about.
fn is_hole(reason: &str) -> bool {
    reason.starts_with("hole:")
}

/// The judged rewrites of all APIs, with their names.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) judged: Vec<(String, Judged)>,
}

impl Tally {
    pub(super) fn add(&mut self, api: &Api, judged: Vec<Judged>) {
        let judged = judged.into_iter();
        self.judged
            .extend(judged.map(|one| (format!("{}: {}", api.name, one.told), one)));
    }

    /// Reports the outcomes per operator and the survivors; returns how many are not
    /// explained.
    pub(super) fn summary(&self, explained: &Explained, started: Instant) -> usize {
        let mut operators: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        let mut survivors: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, one) in &self.judged {
            let counts = operators.entry(one.drawn.operator.name()).or_default();
            match one.verdict {
                RewriteVerdict::Noticed(_) => counts[0] += 1,
                RewriteVerdict::Survived(_) => {
                    counts[1] += 1;
                    *survivors.entry(name).or_default() += 1;
                }
                RewriteVerdict::Idle => counts[2] += 1,
            }
        }
        for (operator, [noticed, survived, idle]) in &operators {
            say(&format!(
                "{noticed:>5} noticed {survived:>5} survived {idle:>5} rewrote nothing  {operator}"
            ));
        }
        let (mut reasons, mut open) = (BTreeMap::<&str, usize>::new(), 0);
        for (name, count) in &survivors {
            let reason = explained.reason(name);
            open += usize::from(reason.is_none_or(is_hole));
            match reason {
                Some(reason) => *reasons.entry(reason).or_default() += count,
                None => say(&format!("survived {name}")),
            }
        }
        for (reason, count) in &reasons {
            let allowed = if is_hole(reason) { "" } else { "allowed: " };
            say(&format!("{count:>5} survived, {allowed}{reason}"));
        }
        let sum = |at: usize| operators.values().map(|counts| counts[at]).sum::<usize>();
        say(&format!(
            "rewrites: {} noticed, {} survived, {} rewrote nothing; {open} of the survivors are holes, in {:.1} s",
            sum(0),
            sum(1),
            sum(2),
            started.elapsed().as_secs_f64()
        ));
        open
    }
}
