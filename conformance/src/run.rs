//! The run: obligations in, verdicts out, as events and as a report.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use fieldproof_spec::model::Api;

use crate::baseline::Baseline;
use crate::fixtures::Fixtures;
use crate::keys;
use crate::lab::{self, Journal, Lost, Pace, Tokens};
use crate::obligation::{Obligation, compile, fits};
use crate::presets;
use crate::regression::Regressions;
use crate::report::{Outcome, Report};
use crate::schedule::Schedule;
use crate::worker;

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
    pub tokens: Tokens,
    /// The same of further tenants, where more workers find room.
    pub more: Vec<Tokens>,
    /// Objects that are known to be there, as documents print them.
    pub fixtures: Fixtures,
    /// Folder where the service leaves its mails, when there is one.
    pub mails: Option<PathBuf>,
    /// Where the service can send notifications to, when it reaches this machine.
    pub receiver: Option<Arc<lab::Receiver>>,
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
            tokens: Tokens::default(),
            more: Vec::new(),
            fixtures: Fixtures::default(),
            mails: None,
            receiver: Some(Arc::new(lab::Receiver::on(Ipv4Addr::LOCALHOST.into()))),
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

/// Something that happened.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many obligations are to be judged.
    Started(usize),
    /// An obligation is being judged.
    Begun(&'a Obligation),
    /// One was judged.
    Judged(&'a Outcome),
    /// All were.
    Finished(&'a Report),
}

/// What workers tell.
pub(crate) enum News {
    Begun(Obligation),
    Judged(usize, Box<Outcome>),
    Lost(Lost),
}

/// Judges a service by every obligation of `apis`. Verdicts do not depend on
/// the number of workers: those that could see each other's objects wait for
/// one another.
///
/// # Errors
/// A service that does not answer.
pub fn run(
    apis: &[Api],
    options: &Options,
    on_event: &mut dyn FnMut(&Event<'_>),
) -> Result<Report, Lost> {
    let pace = Pace::new(options.rate);
    let apis: &[Api] = &apis
        .iter()
        .map(|api| presets::of_service(api, options, &pace))
        .collect::<Result<Vec<Api>, Lost>>()?;
    let chosen = |api: &Api| -> Vec<Obligation> {
        let all = compile(api).into_iter();
        all.filter(|one| options.chooses(one)).collect()
    };
    let tenants = std::iter::once(&options.tokens).chain(&options.more);
    let mut own = Vec::new();
    for tokens in tenants {
        let with = |api: &Api| match chosen(api).iter().any(|one| is_watch(api, one)) {
            true => keys::with_keys(api, options, tokens, &pace),
            false => Ok(api.clone()),
        };
        own.push(apis.iter().map(with).collect::<Result<Vec<Api>, Lost>>()?);
    }
    let schedule = Schedule::new(apis, chosen, 1 + options.more.len());
    on_event(&Event::Started(schedule.total()));
    let judged = std::thread::scope(|scope| {
        let (news, told) = channel();
        for _ in 0..options.workers.max(1) {
            let (news, schedule, pace, own) = (news.clone(), &schedule, &pace, &own);
            scope.spawn(move || worker::work(own, options, schedule, pace, &news));
        }
        drop(news);
        let judged = follow(&told, on_event);
        schedule.stop();
        judged
    });
    let judged = judged?;
    let tenants = std::iter::once(&options.tokens).chain(&options.more);
    for (apis, tokens) in own.iter().zip(tenants) {
        for api in apis {
            keys::retire(api, options, tokens, &pace);
        }
    }
    let report = Report::new(apis, judged, options);
    on_event(&Event::Finished(&report));
    Ok(report)
}

/// Whether an obligation is about watches.
fn is_watch(api: &Api, obligation: &Obligation) -> bool {
    let resource = api.resource(&obligation.resource);
    resource.is_some_and(|one| one.watch.is_some())
}

/// Passes on what workers tell; outcomes come back in the order of obligations.
fn follow(
    told: &Receiver<News>,
    on_event: &mut dyn FnMut(&Event<'_>),
) -> Result<Vec<Outcome>, Lost> {
    let mut outcomes = BTreeMap::new();
    for news in told {
        match news {
            News::Begun(obligation) => on_event(&Event::Begun(&obligation)),
            News::Judged(order, outcome) => {
                on_event(&Event::Judged(&outcome));
                outcomes.insert(order, *outcome);
            }
            News::Lost(lost) => return Err(lost),
        }
    }
    Ok(outcomes.into_values().collect())
}
