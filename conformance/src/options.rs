//! How a service is judged.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

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
        (self.only.is_empty() || any(&self.only)) && !any(&self.exclude)
    }

    /// Whether some are left out, so that rows say little.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.only.is_empty() || !self.exclude.is_empty()
    }
}
