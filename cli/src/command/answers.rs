//! `mutants --answers`: rewrites of the requests and answers of a service.

use std::fs;
use std::io::{ErrorKind, IsTerminal, Write, stdout};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use fieldproof_conformance::campaign::{
    CampaignOptions, Explained, Ground, Judged, Learned, RewriteVerdict, judge_all, learn, narrow,
};
use fieldproof_conformance::report::Outcome;
use fieldproof_conformance::rewrite::{Rewrite, draw};
use fieldproof_conformance::{Options, fits};
use fieldproof_spec::model::Api;

use super::known::Known;
use super::service::reached;
use super::tally::Tally;
use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

/// The default file of explained survivors.
const EXPLAINED: &str = "bench/answers.tsv";

#[derive(Debug, Args)]
pub(super) struct Answers {
    /// Instead of mutants, put a proxy before a service and rewrite what it is asked and
    /// what it answers at random places; without an address before mocks of the specs
    #[arg(
        long,
        value_name = "URL",
        num_args = 0..=1,
        default_missing_value = "",
        help_heading = "Rewrites"
    )]
    answers: Option<String>,
    /// How many rewrites of each API
    #[arg(
        long,
        value_name = "N",
        default_value_t = 250,
        help_heading = "Rewrites"
    )]
    rewrites: usize,
    /// How many of the seed's rewrites are left out before
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Rewrites")]
    from: usize,
    /// Only this rewrite, as `API: LINE` as a survivor is named; repeatable. One that is
    /// noticed is shown in its smallest form, one that survives with what it made of the
    /// first exchanges
    #[arg(long, value_name = "LINE", help_heading = "Rewrites")]
    rewrite: Vec<String>,
    /// No obligations with ids of this pattern; repeatable
    #[arg(
        long,
        value_name = "PATTERN",
        value_delimiter = ',',
        help_heading = "Rewrites"
    )]
    exclude: Vec<String>,
    /// Name every rewrite with what became of it
    #[arg(long, help_heading = "Rewrites")]
    every: bool,
    /// File of survivors that are no hole: a pattern, a tab and a reason on each line
    /// [default: bench/answers.tsv where it is]
    #[arg(long, value_name = "FILE", help_heading = "Rewrites")]
    explained: Option<PathBuf>,
    #[command(flatten, next_help_heading = "The service behind the proxy")]
    known: Known,
}

/// Which of the rewrites that are drawn are wanted, and what for.
pub(super) struct Chosen<'a> {
    /// Those that fit one of these patterns; all where there is none.
    pub(super) only: &'a [String],
    /// To be printed, and not to be judged.
    pub(super) list: bool,
}

impl Chosen<'_> {
    /// Whether a rewrite of an API is wanted.
    fn takes(&self, api: &Api, rewrite: &Rewrite) -> bool {
        let name = format!("{}: {rewrite}", api.name);
        self.only.is_empty() || self.only.iter().any(|one| fits(one, &name))
    }
}

impl Answers {
    /// Whether rewrites are requested.
    pub(super) fn is_wanted(&self) -> bool {
        self.answers.is_some() || !self.rewrite.is_empty()
    }

    pub(super) fn run(
        &self,
        mut apis: Vec<Api>,
        options: CampaignOptions,
        chosen: &Chosen<'_>,
    ) -> Done {
        let started = Instant::now();
        let options = CampaignOptions {
            exclude: self.exclude.clone(),
            ..options
        };
        let explained = self.read_explained()?;
        self.known.switch(&mut apis)?;
        let ground = self.ground(&apis)?;
        let (mut tally, mut unsound) = (Tally::default(), Vec::new());
        for api in &apis {
            let failed = |error| Failure::environment("judge through a proxy", error);
            let named = self.named(api)?;
            if named.is_empty() && !self.rewrite.is_empty() {
                continue;
            }
            let learned = learn(api, &ground, &options).map_err(failed)?;
            let drawn = match self.rewrite.is_empty() {
                true => draw(&learned.traffic, options.seed),
                false => named,
            };
            let some: Vec<Rewrite> = drawn
                .iter()
                .filter(|one| chosen.takes(api, one))
                .skip(self.from)
                .take(self.rewrites)
                .cloned()
                .collect();
            if chosen.list {
                some.iter()
                    .for_each(|one| say(&format!("{}: {one}", api.name)));
                continue;
            }
            say(&format!(
                "{}: {} of {} rewrites",
                api.name,
                some.len(),
                drawn.len()
            ));
            let (mut done, total) = (0, some.len());
            let judged = judge_all(api, &ground, &learned, &some, &options, &mut |one| {
                done += 1;
                match self.every {
                    true => say(&format!("{}: {}: {:?}", api.name, one.drawn, one.verdict)),
                    false => show(done, total, api, one),
                }
            });
            let judged = judged.map_err(failed)?;
            if !self.rewrite.is_empty() {
                for one in &judged {
                    self.tell(api, &ground, &learned, one, &options)?;
                }
            }
            tally.add(api, judged);
            unsound.extend(learned.unsound);
        }
        if chosen.list {
            return Ok(Exit::Ok);
        }
        if tally.judged.is_empty() {
            let why = "error: no rewrite is of these specs";
            return Err(Failure::new(Exit::Usage, why));
        }
        unsound.iter().for_each(takes_no_part);
        let open = tally.summary(&explained, started);
        Ok(match open == 0 && unsound.is_empty() {
            true => Exit::Ok,
            false => Exit::Findings,
        })
    }

    /// The named rewrites of an API.
    fn named(&self, api: &Api) -> Result<Vec<Rewrite>, Failure> {
        let usage = |why: String| Failure::new(Exit::Usage, format!("error: {why}"));
        let own = self.rewrite.iter().map(|line| {
            let (name, line) = line
                .split_once(": ")
                .ok_or_else(|| usage(format!("`{line}` does not begin with `API: `")))?;
            match name == api.name {
                true => line.parse().map(Some).map_err(usage),
                false => Ok(None),
            }
        });
        own.filter_map(Result::transpose).collect()
    }

    fn ground(&self, apis: &[Api]) -> Result<Ground, Failure> {
        let Some(url) = self.answers.as_deref().filter(|url| !url.is_empty()) else {
            return Ok(Ground::Mocks);
        };
        let options = self.known.options(url, apis, Options::default())?;
        reached(apis, &options)?;
        Ok(Ground::Service(Box::new(options)))
    }

    fn read_explained(&self) -> Result<Explained, Failure> {
        let file = self.explained.clone();
        let file = file.unwrap_or_else(|| PathBuf::from(EXPLAINED));
        let usage = |why: String| {
            let message = format!("error: cannot use {}: {why}", file.display());
            Failure::new(Exit::Usage, message)
        };
        match fs::read_to_string(&file) {
            Err(error) if self.explained.is_none() && error.kind() == ErrorKind::NotFound => {
                Ok(Explained::default())
            }
            text => Explained::read(&text.map_err(|error| usage(error.to_string()))?)
                .map_err(|line| usage(format!("line {line} is not `PATTERN<tab>REASON`"))),
        }
    }

    /// Reports the outcome of a named rewrite.
    fn tell(
        &self,
        api: &Api,
        ground: &Ground,
        learned: &Learned,
        one: &Judged,
        options: &CampaignOptions,
    ) -> Result<(), Failure> {
        let failed = |error| Failure::environment("judge through a proxy", error);
        match &one.verdict {
            RewriteVerdict::Noticed(by) => {
                let small = narrow(api, ground, learned, &one.drawn, options).map_err(failed)?;
                say(&format!("noticed {}: {small}, by {by}", api.name));
            }
            RewriteVerdict::Idle => say(&format!("rewrote nothing {}: {}", api.name, one.drawn)),
            RewriteVerdict::Survived(examples) => examples.iter().for_each(|one| say(one)),
        }
        Ok(())
    }
}

fn takes_no_part(outcome: &Outcome) {
    let (id, why) = (&outcome.obligation.id, outcome.message.as_deref());
    say(&format!(
        "takes no part, for it does not pass without a rewrite: {id}: {}",
        why.unwrap_or_default()
    ));
}

fn show(done: usize, total: usize, api: &Api, one: &Judged) {
    if stdout().is_terminal() {
        let mut out = stdout();
        // A closed terminal must not end the run.
        let _ = write!(out, "\r\x1b[K[{done}/{total}] {}: {}", api.name, one.drawn);
        let _ = match done == total {
            true => write!(out, "\r\x1b[K").and_then(|()| out.flush()),
            false => out.flush(),
        };
    } else if done.is_multiple_of(100) {
        say(&format!("{done:>5} of {total} judged"));
    }
}
