//! `mutants`.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use fieldproof_conformance::campaign::CampaignOptions;
use fieldproof_conformance::checks;
use fieldproof_conformance::fits;
use fieldproof_conformance::mutant::{JudgeOptions, Mutant, MutantVerdict, derive, judge_all};

use super::answers::{Answers, Chosen};
use crate::exit::{Done, Exit, Failure};
use crate::specs::apis;
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "A mutant is the mock of a spec with exactly one promise broken, made for every obligation. Each is judged \
                        until an obligation fails; one that passes the whole suite shows what the suite cannot see. \
                        With --answers, what crosses is rewritten instead, by a proxy that knows nothing of the suite."
)]
pub(crate) struct Mutants {
    /// Spec files or folders of them
    #[arg(value_name = "SPEC", default_value = "spec", env = "FIELDPROOF_SPEC")]
    specs: Vec<PathBuf>,
    /// Print the names of the mutants, or the rewrites, instead
    #[arg(long)]
    list: bool,
    /// Only mutants, or rewrites as a survivor is named, that fit this pattern, `*` for
    /// any text; repeatable
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    only: Vec<String>,
    /// A sample of one mutant in N, chosen by the seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    sample: usize,
    /// The same seed gives the same inputs and the same sample
    #[arg(long, value_name = "N", env = "FIELDPROOF_SEED", default_value_t = 1)]
    seed: u64,
    /// Inputs per check that tries many
    #[arg(long, value_name = "N", env = "FIELDPROOF_CASES", default_value_t = 4)]
    cases: u32,
    /// Name every mutant that its own obligation missed and another one killed
    #[arg(long)]
    verbose: bool,
    /// Mutants that are judged at one time
    #[arg(
        long,
        value_name = "N",
        env = "FIELDPROOF_WORKERS",
        default_value_t = 16
    )]
    workers: usize,
    #[command(flatten)]
    answers: Answers,
}

impl Mutants {
    pub(crate) fn run(self) -> Done {
        if self.answers.is_wanted() {
            let all = self.specs.iter().map(|spec| apis(spec));
            let all: Vec<_> = all.collect::<Result<_, _>>()?;
            let options = CampaignOptions {
                seed: self.seed,
                cases: self.cases,
                workers: self.workers,
                exclude: Vec::new(),
            };
            let chosen = Chosen {
                only: &self.only,
                list: self.list,
            };
            return self.answers.run(all.concat(), options, &chosen);
        }
        let started = Instant::now();
        let how = JudgeOptions {
            seed: self.seed,
            cases: self.cases,
            workers: self.workers,
        };
        let (mut verdicts, mut unsound) = (Vec::new(), Vec::new());
        for spec in &self.specs {
            for api in apis(spec)? {
                let all: Vec<Mutant> = derive(&api)
                    .into_iter()
                    .filter(|one| self.takes(one))
                    .collect();
                if self.list {
                    all.iter().for_each(|mutant| say(&mutant.id));
                    continue;
                }
                say(&format!("{}: {} mutants", api.name, all.len()));
                let (mut done, total) = (0, all.len());
                let found = judge_all(&api, &all, how, &mut |verdict| {
                    done += 1;
                    show(done, total, verdict);
                });
                let found = found.map_err(|error| Failure::environment("serve a mutant", error))?;
                verdicts.extend(found.0);
                unsound.extend(found.1);
            }
        }
        if self.list {
            return Ok(Exit::Ok);
        }
        if verdicts.is_empty() {
            let why = "error: no mutant fits; `fieldproof mutants --list` prints all of them";
            return Err(Failure::new(Exit::Usage, why));
        }
        if stdout().is_terminal() {
            print("\r\x1b[K");
        }
        if self.verbose {
            for (mutant, killer) in verdicts.iter().filter_map(by_another) {
                say(&format!(
                    "missed by its own obligation: {mutant}, killed by {killer}"
                ));
            }
        }
        for outcome in &unsound {
            let (id, why) = (&outcome.obligation.id, outcome.message.as_deref());
            say(&format!(
                "the mock itself does not pass {id}: {}",
                why.unwrap_or_default()
            ));
        }
        let exit = summary(&verdicts, started);
        Ok(if unsound.is_empty() {
            exit
        } else {
            Exit::Findings
        })
    }

    /// Whether a mutant matches the patterns and is in the sample.
    fn takes(&self, mutant: &Mutant) -> bool {
        let named = self.only.is_empty() || self.only.iter().any(|one| fits(one, &mutant.id));
        // FNV-1a; any hash with an even distribution will do.
        let hash = mutant
            .id
            .bytes()
            .fold(self.seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        named && (hash >> 20).is_multiple_of(self.sample.max(1) as u64)
    }
}

fn show(done: usize, total: usize, verdict: &MutantVerdict) {
    let survived = verdict.killer.is_none();
    if stdout().is_terminal() {
        print(&format!("\r\x1b[K[{done}/{total}] {}", verdict.mutant.id));
        if survived {
            print("\n");
        }
    } else if done.is_multiple_of(100) {
        say(&format!("{done:>5} of {total} judged"));
    }
    if survived {
        say(&format!("survived {}", verdict.mutant.id));
    }
}

/// A mutant that its own obligation missed, with the obligation that killed it.
fn by_another(verdict: &MutantVerdict) -> Option<(&str, &str)> {
    let killer = verdict.killer.as_deref()?;
    (killer != verdict.mutant.owner.id).then_some((verdict.mutant.id.as_str(), killer))
}

fn print(text: &str) {
    let mut out = stdout();
    // A closed terminal must not end the run.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Reports killed mutants per check, survivors, and checks that kill nothing.
fn summary(verdicts: &[MutantVerdict], started: Instant) -> Exit {
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut kills: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in verdicts {
        let (killed, all) = groups.entry(verdict.mutant.owner.check).or_default();
        *all += 1;
        if let Some(killer) = &verdict.killer {
            *killed += 1;
            *kills
                .entry(killer.rsplit(':').next().unwrap_or_default())
                .or_default() += 1;
        }
    }
    for (check, (killed, all)) in &groups {
        say(&format!("{killed:>5} of {all:<5} {check}"));
    }
    let survivors: Vec<&MutantVerdict> = verdicts
        .iter()
        .filter(|verdict| verdict.killer.is_none())
        .collect();
    for verdict in &survivors {
        say(&format!("survived {}", verdict.mutant.id));
    }
    let idle: Vec<&str> = checks::ALL
        .iter()
        .map(|check| check.name)
        .filter(|name| groups.contains_key(name) && !kills.contains_key(name))
        .collect();
    if !idle.is_empty() {
        say(&format!("checks that kill nothing: {}", idle.join(", ")));
    }
    say(&format!(
        "mutants: {} of {} killed in {:.1} s",
        verdicts.len() - survivors.len(),
        verdicts.len(),
        started.elapsed().as_secs_f64()
    ));
    match survivors.is_empty() && idle.is_empty() {
        true => Exit::Ok,
        false => Exit::Findings,
    }
}
