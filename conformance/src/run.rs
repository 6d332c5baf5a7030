//! The run: obligations in, verdicts out, as events and as a report.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use fieldproof_spec::model::Api;

use crate::check;
use crate::fixtures::Fixtures;
use crate::lab::{Failure, Lab, Lost, Stop, Tokens};
use crate::obligation::{Obligation, compile, fits};
use crate::presets;
use crate::report::{Outcome, Report, Verdict};

/// How a service is judged.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Address of the service, without a base.
    pub url: String,
    /// Path before the paths of an API, by name; the spec's own otherwise.
    pub bases: BTreeMap<String, String>,
    /// A token per role.
    pub tokens: Tokens,
    /// Objects that are known to be there, as documents print them.
    pub fixtures: Fixtures,
    /// Folder where the service leaves its mails, when there is one.
    pub mails: Option<PathBuf>,
    /// The same seed gives the same inputs.
    pub seed: u64,
    /// Inputs per check that tries many.
    pub cases: u32,
    /// Patterns of ids, with `*`; empty for all.
    pub only: Vec<String>,
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

/// Judges a service by every obligation of `apis`.
///
/// # Errors
/// A service that does not answer.
pub fn run(
    apis: &[Api],
    options: &Options,
    on_event: &mut dyn FnMut(&Event<'_>),
) -> Result<Report, Lost> {
    let chosen = |obligation: &Obligation| {
        options.only.is_empty()
            || options
                .only
                .iter()
                .any(|pattern| fits(pattern, &obligation.id))
    };
    let apis: &[Api] = &apis
        .iter()
        .map(|api| presets::of_service(api, options))
        .collect::<Result<Vec<Api>, Lost>>()?;
    let all: Vec<(&Api, Vec<Obligation>)> = apis
        .iter()
        .map(|api| (api, compile(api).into_iter().filter(chosen).collect()))
        .collect();
    on_event(&Event::Started(
        all.iter().map(|(_, obligations)| obligations.len()).sum(),
    ));
    let mut outcomes = Vec::new();
    for (api, obligations) in all {
        let base = options.bases.get(&api.name).unwrap_or(&api.base);
        let lab = Lab::new(
            api,
            &options.url,
            base,
            &options.tokens,
            &options.fixtures,
            options.cases,
        )
        .with_mails(options.mails.as_deref());
        for obligation in obligations {
            on_event(&Event::Begun(&obligation));
            let outcome = judge(&lab, obligation, options)?;
            on_event(&Event::Judged(&outcome));
            outcomes.push(outcome);
        }
    }
    let report = Report::new(apis, outcomes, options);
    on_event(&Event::Finished(&report));
    Ok(report)
}

fn judge(lab: &Lab<'_>, obligation: Obligation, options: &Options) -> Result<Outcome, Lost> {
    let started = Instant::now();
    lab.begin(options.seed, &obligation.id);
    let check = check::find(obligation.check).expect("an obligation names a check that exists");
    let done = (check.run)(lab, &check::Duty::of(&obligation));
    lab.clean();
    let (verdict, failure) = match done {
        Ok(()) => (Verdict::Pass, None),
        Err(Stop::Fail(failure)) => (Verdict::Fail, Some(*failure)),
        Err(Stop::Inconclusive(why)) => (Verdict::Inconclusive, Some(without(why))),
        Err(Stop::Skip(why)) => (Verdict::Skipped, Some(without(why))),
        Err(Stop::Lost(lost)) => return Err(lost),
    };
    let exchange = failure
        .as_ref()
        .and_then(|failure| failure.exchange.clone());
    Ok(Outcome {
        replay: format!(
            "--only '{}' --seed {} --cases {}",
            obligation.id, options.seed, options.cases
        ),
        obligation,
        verdict,
        message: failure.map(|failure| failure.message),
        curl: exchange.as_ref().map(crate::lab::Exchange::curl),
        exchange: exchange.map(crate::lab::Exchange::shortened),
        millis: started.elapsed().as_millis() as u64,
    })
}

fn without(message: String) -> Failure {
    Failure {
        message,
        exchange: None,
    }
}
