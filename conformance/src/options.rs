//! Options of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::baseline::Baseline;
use crate::fixtures::Fixtures;
use crate::harness::{Journal, Receiver, RoleTokens};
use crate::obligation::{Obligation, fits};
use crate::regression::Regressions;

/// Options of a run: which service is judged, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address of the service, without a base path.
    pub url: String,
    /// The base path of each API by name; by default that of its spec.
    pub bases: BTreeMap<String, String>,
    /// Whether the suite may write to the service.
    pub writes: bool,
    /// The journal of objects that were created and not removed yet.
    pub journal: Option<Arc<Journal>>,
    /// One token per role.
    pub tokens: RoleTokens,
    /// Tokens of further tenants, for more parallelism.
    pub more: Vec<RoleTokens>,
    /// Objects that are known to exist, as documents print them.
    pub fixtures: Fixtures,
    /// The folder where the service writes its mails, if there is one.
    pub mails: Option<PathBuf>,
    /// The receiver of notifications, if the service can reach this machine.
    pub receiver: Option<Arc<Receiver>>,
    /// How long to wait for a notification.
    pub notices: Duration,
    /// The seed of inputs; equal seeds give equal inputs.
    pub seed: u64,
    /// The number of inputs of checks that try many.
    pub cases: u32,
    /// Patterns of obligation ids, with `*`; empty for all.
    pub only: Vec<String>,
    /// Patterns of obligation ids that are left out.
    pub exclude: Vec<String>,
    /// Inputs that are tried in addition to those of the seed.
    pub regressions: Regressions,
    /// Ids of the obligations that are judged; all without it.
    pub touched: Option<BTreeSet<String>>,
    /// Which part of the obligations is judged: its number, from 1, and the number of
    /// parts.
    pub shard: Option<(u32, u32)>,
    /// The time after which no further obligation is started.
    pub deadline: Option<Instant>,
    /// Header fields added to every request.
    pub headers: Vec<(String, String)>,
    /// Whether what fails is tried once more, to tell what is unstable.
    pub again: bool,
    /// Whether what is unstable is no failure of the run.
    pub allow_unstable: bool,
    /// Findings that are accepted.
    pub baseline: Baseline,
    /// The number of obligations judged at the same time.
    pub workers: usize,
    /// The maximum number of requests per second, for all workers together.
    pub rate: Option<u32>,
    /// How long an exchange may take.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            url: String::new(),
            writes: true,
            journal: None,
            bases: BTreeMap::new(),
            tokens: RoleTokens::default(),
            more: Vec::new(),
            fixtures: Fixtures::default(),
            mails: None,
            receiver: Some(Arc::new(Receiver::on(Ipv4Addr::LOCALHOST.into()))),
            notices: Duration::from_secs(15),
            seed: 1,
            cases: 12,
            only: Vec::new(),
            exclude: Vec::new(),
            regressions: Regressions::default(),
            touched: None,
            shard: None,
            deadline: None,
            headers: Vec::new(),
            again: false,
            allow_unstable: false,
            baseline: Baseline::default(),
            workers: 1,
            rate: None,
            patience: Duration::from_secs(30),
        }
    }
}

impl Options {
    /// Whether the options select an obligation.
    #[must_use]
    pub fn chooses(&self, obligation: &Obligation) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|one| fits(one, &obligation.id));
        let own = self
            .shard
            .is_none_or(|(own, of)| place(&obligation.id, of) == own);
        let touched = self.touched.as_ref();
        let touched = touched.is_none_or(|ids| ids.contains(&obligation.id));
        own && touched && (self.only.is_empty() || any(&self.only)) && !any(&self.exclude)
    }

    /// Whether the options leave out some obligations, so that results per row are
    /// incomplete.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.only.is_empty()
            || !self.exclude.is_empty()
            || self.shard.is_some()
            || self.touched.is_some()
    }
}

/// The part that an obligation belongs to, from 1 to `of`; identical on every machine.
fn place(id: &str, of: u32) -> u32 {
    // FNV-1a; any hash with an even distribution will do.
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash % of.max(1) + 1
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn every_obligation_belongs_to_one_part() {
        let ids: Vec<String> = (0..300).map(|at| format!("a.B.c{at}:shown")).collect();
        for of in [1, 2, 5] {
            let count = |part: u32| ids.iter().filter(|id| place(id, of) == part).count();
            assert_eq!((1..=of).map(count).sum::<usize>(), ids.len());
            assert!((1..=of).all(|part| count(part) > 300 / of as usize / 2));
        }
    }
}
