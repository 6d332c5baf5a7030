//! How a service is judged.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::baseline::Baseline;
use crate::fixtures::Fixtures;
use crate::harness::{Journal, Receiver, RoleTokens};
use crate::obligation::{Obligation, fits};
use crate::regression::Regressions;

/// How a service is judged.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address of the service, without a base.
    pub url: String,
    /// Path before the paths of an API, by name; the spec's own otherwise.
    pub bases: BTreeMap<String, String>,
    /// Whether it may be written to.
    pub writes: bool,
    /// Notes what was made and is not removed yet.
    pub journal: Option<Arc<Journal>>,
    /// A token per role.
    pub tokens: RoleTokens,
    /// The same of further tenants, where more workers find room.
    pub more: Vec<RoleTokens>,
    /// Objects that are known to be there, as documents print them.
    pub fixtures: Fixtures,
    /// Folder where the service leaves its mails, when there is one.
    pub mails: Option<PathBuf>,
    /// Where the service can send notifications to, when it reaches this machine.
    pub receiver: Option<Arc<Receiver>>,
    /// How long a notification may take.
    pub notices: Duration,
    /// The same seed gives the same inputs.
    pub seed: u64,
    /// Inputs per check that tries many.
    pub cases: u32,
    /// Patterns of ids, with `*`; empty for all.
    pub only: Vec<String>,
    /// Patterns of ids that are left out.
    pub exclude: Vec<String>,
    /// Inputs that are tried beside those of the seed.
    pub regressions: Regressions,
    /// The part of the obligations that is judged: the first of so many, from 1.
    pub shard: Option<(u32, u32)>,
    /// When no further obligation is begun.
    pub deadline: Option<Instant>,
    /// Header fields that every request has.
    pub headers: Vec<(String, String)>,
    /// Findings that are accepted.
    pub baseline: Baseline,
    /// Obligations that are judged at one time.
    pub workers: usize,
    /// Most requests per second, of all workers together.
    pub rate: Option<u32>,
    /// How long one exchange may take.
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
            shard: None,
            deadline: None,
            headers: Vec::new(),
            baseline: Baseline::default(),
            workers: 1,
            rate: None,
            patience: Duration::from_secs(30),
        }
    }
}

impl Options {
    /// Whether an obligation is to be judged.
    #[must_use]
    pub fn chooses(&self, obligation: &Obligation) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|one| fits(one, &obligation.id));
        let own = self
            .shard
            .is_none_or(|(own, of)| place(&obligation.id, of) == own);
        own && (self.only.is_empty() || any(&self.only)) && !any(&self.exclude)
    }

    /// Whether some are left out, so that rows say little.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.only.is_empty() || !self.exclude.is_empty() || self.shard.is_some()
    }
}

/// Which of so many parts an obligation belongs to: the same on every machine.
fn place(id: &str, of: u32) -> u32 {
    // FNV-1a: any spread of ids over parts will do.
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
