//! Settings common to all runs of the suite, and the run itself.

use std::fs;
use std::io::{ErrorKind, IsTerminal, stdout};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use fieldproof_conformance::report::{Report, terminal::Terminal};
use fieldproof_conformance::{Options, Regressions, compile, run};
use fieldproof_spec::model::Api;

use super::service::silent;
use crate::exit::{Exit, Failure};

/// Settings of a run that `prove` has as well.
#[derive(Debug, Clone, Args)]
pub(crate) struct Settings {
    /// Only obligations with ids of this pattern, `*` for any text; repeatable
    #[arg(
        long,
        value_name = "PATTERN",
        env = "FIELDPROOF_ONLY",
        value_delimiter = ','
    )]
    pub(crate) only: Vec<String>,
    /// The same seed gives the same inputs
    #[arg(long, value_name = "N", env = "FIELDPROOF_SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Inputs per check that tries many
    #[arg(long, value_name = "N", env = "FIELDPROOF_CASES", default_value_t = 12)]
    pub(crate) cases: u32,
    /// Few inputs per check: a first answer after seconds
    #[arg(long, env = "FIELDPROOF_QUICK", conflicts_with = "cases")]
    pub(crate) quick: bool,
    /// File of inputs that failed once: they are tried again, and new ones are noted
    #[arg(long, value_name = "FILE", env = "FIELDPROOF_REGRESSIONS")]
    pub(crate) regressions: Option<PathBuf>,
    /// No obligations with ids of this pattern; repeatable
    #[arg(
        long,
        value_name = "PATTERN",
        env = "FIELDPROOF_EXCLUDE",
        value_delimiter = ','
    )]
    pub(crate) exclude: Vec<String>,
    /// Obligations that are judged at one time
    #[arg(
        long,
        value_name = "N",
        env = "FIELDPROOF_WORKERS",
        default_value_t = 12
    )]
    pub(crate) workers: usize,
    /// Folder of the documents themselves, to show them line by line in the page
    #[arg(long, value_name = "DIR", env = "FIELDPROOF_DOCUMENTS")]
    pub(crate) documents: Option<PathBuf>,
    /// Judge one part of the obligations, such as `2/5`, to spread them over machines
    #[arg(long, value_name = "K/N", env = "FIELDPROOF_SHARD", value_parser = shard)]
    pub(crate) shard: Option<(u32, u32)>,
    /// Begin no obligation after so many seconds; those that are left are not asked
    #[arg(long, value_name = "SECONDS", env = "FIELDPROOF_MAX_TIME")]
    pub(crate) max_time: Option<u64>,
    /// What fails and holds when it is tried again is `unstable`, and fails the run unless
    /// this is given
    #[arg(long, env = "FIELDPROOF_ALLOW_UNSTABLE")]
    pub(crate) allow_unstable: bool,
    /// Most requests per second
    #[arg(long, value_name = "N", env = "FIELDPROOF_RATE")]
    pub(crate) rate: Option<u32>,
    /// Seconds that a connection, a request and an answer may each take
    #[arg(
        long,
        value_name = "SECONDS",
        env = "FIELDPROOF_TIMEOUT",
        default_value_t = 30
    )]
    pub(crate) timeout: u64,
}

/// Parses a shard such as `2/5`.
fn shard(text: &str) -> Result<(u32, u32), String> {
    let pair = text.split_once('/');
    let pair = pair.and_then(|(own, of)| Some((own.parse().ok()?, of.parse().ok()?)));
    let pair = pair.filter(|(own, of): &(u32, u32)| (1..=*of).contains(own));
    pair.ok_or_else(|| "it is K/N, with K from 1 to N, such as `2/5`".to_owned())
}

impl Settings {
    /// The options of a run with these settings.
    pub(crate) fn options(&self) -> Options {
        Options {
            seed: self.seed,
            cases: if self.quick { 2 } else { self.cases },
            only: self.only.clone(),
            exclude: self.exclude.clone(),
            workers: self.workers,
            shard: self.shard,
            again: true,
            allow_unstable: self.allow_unstable,
            deadline: self
                .max_time
                .map(|most| Instant::now() + Duration::from_secs(most)),
            rate: self.rate,
            patience: Duration::from_secs(self.timeout.max(1)),
            ..Options::default()
        }
    }
}

impl Settings {
    /// Runs the suite, including inputs that failed before; new failing inputs are
    /// recorded.
    pub(crate) fn judge(&self, apis: &[Api], mut options: Options) -> Result<Report, Failure> {
        let Some(file) = &self.regressions else {
            return judge(apis, &options);
        };
        let usage = |why: String| {
            let message = format!("error: cannot use {}: {why}", file.display());
            Failure::new(Exit::Usage, message)
        };
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            text => text.map_err(|error| usage(error.to_string()))?,
        };
        let known = Regressions::read(&text);
        let mut known =
            known.map_err(|line| usage(format!("line {line} is not `ID SEED CASES`")))?;
        options.regressions = known.clone();
        let report = judge(apis, &options)?;
        if known.add(&report.outcomes) {
            fs::write(file, known.text()).map_err(|error| usage(error.to_string()))?;
        }
        Ok(report)
    }
}

/// Runs the suite and reports on the terminal.
///
/// # Errors
/// No obligation is selected, or the service does not answer.
pub(super) fn judge(apis: &[Api], options: &Options) -> Result<Report, Failure> {
    let mut all = apis.iter().flat_map(compile);
    if !all.any(|one| options.chooses(&one)) {
        let why = "error: no obligation fits; `fieldproof conform --list` prints all of them";
        return Err(Failure::new(Exit::Usage, why));
    }
    let lively = stdout().is_terminal();
    let color = lively && std::env::var_os("NO_COLOR").is_none();
    let mut terminal = Terminal::new(stdout(), lively, color);
    run(apis, options, &mut |event| terminal.show(event)).map_err(|error| silent(&error))
}

/// The exit code of a report: success if nothing unaccepted failed and something was
/// judged.
pub(crate) fn exit(report: &Report) -> Exit {
    match report.is_success() {
        true => Exit::Ok,
        false => Exit::Findings,
    }
}
