//! `replay`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use fieldproof_conformance::harness::{Exchange, Journal, Leftovers, resend};
use fieldproof_conformance::report::Verdict;
use fieldproof_conformance::{Options, compile};
use serde_json::Value;

use super::service::{Service, end, reached, silent};
use super::settings::judge;
use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Sends the request of the finding again, then judges its obligation with the same inputs: the objects that it \
                        needs are made again, and what is compared is what the obligation compares. Ends with 0 only when it holds now.\n\n\
                        Example: fieldproof replay shelves.Shelf.label:bounds --report report.json --token main=$TOKEN\n\n\
                        Flags that the run had, such as --base, --set and --fixtures, are given again. The server of `prove` ends with it: there `fieldproof prove --only ID --seed N --cases N` asks again."
)]
pub(crate) struct Replay {
    /// Id of the obligation, as the report names it
    id: String,
    /// The report, as `conform --report json=FILE` writes it
    #[arg(
        long,
        value_name = "FILE",
        default_value = "target/fieldproof/report.json"
    )]
    report: PathBuf,
    /// Address of the service [default: the one of the report]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[command(flatten)]
    service: Service,
}

impl Replay {
    pub(crate) fn run(self) -> Done {
        let recorded = Recorded::read(&self.report, &self.id)?;
        let url = self.url.clone().unwrap_or(recorded.url);
        let apis = self.service.apis()?;
        if !apis.iter().flat_map(compile).any(|one| one.id == self.id) {
            return Err(usage(format!(
                "the spec has no obligation `{}`; `fieldproof conform --list` prints all of them",
                self.id
            )));
        }
        let (seed, cases) = recorded.inputs;
        let mut options = self.service.known.options(
            &url,
            &apis,
            Options {
                only: vec![self.id.clone()],
                seed,
                cases,
                ..Options::default()
            },
        )?;
        reached(&apis, &options).map_err(|failure| elsewhere(failure, &url))?;
        let journal = match options.writes {
            true => Some(Arc::new(self.service.journal()?)),
            false => None,
        };
        options.journal.clone_from(&journal);
        let again = || -> Done {
            if let Some(exchange) = &recorded.exchange {
                send(exchange, &options, &url)?;
            }
            let report = judge(&apis, &options)?;
            let verdict = report.outcomes.first().map(|one| one.verdict);
            let holds = verdict == Some(Verdict::Pass);
            let verdict = verdict.map_or("gone", Verdict::word);
            say(&format!(
                "{}: then {}, now {verdict}",
                self.id, recorded.verdict
            ));
            Ok(if holds { Exit::Ok } else { Exit::Findings })
        };
        let done = again();
        if let Some(journal) = journal {
            tidy(&journal, &options)?;
        }
        done
    }
}

/// Adds advice for a server that has moved or stopped.
fn elsewhere(mut failure: Failure, url: &str) -> Failure {
    if failure.exit == Exit::Unreachable {
        failure.message.push_str(&format!(
            "\nthe report is of {url}: --url names another address; what `prove` has started it starts again"
        ));
    }
    failure
}

/// Sends the recorded request to the service at `url`, if writing is allowed.
fn send(recorded: &Exchange, options: &Options, url: &str) -> Result<(), Failure> {
    let mut recorded = recorded.clone();
    recorded.url = moved(&recorded.url, url);
    say(&recorded.curl());
    if !options.writes && !matches!(recorded.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
        say("not sent: the service is only read without --allow-writes");
        return Ok(());
    }
    let journal = options.journal.clone();
    let answer = resend(&recorded, &options.tokens, journal).map_err(|error| silent(&error))?;
    say(&format!(
        "the request alone: then {}, now {}",
        recorded.status, answer.status
    ));
    Ok(())
}

/// The recorded URL, moved to the service at `url`.
fn moved(recorded: &str, url: &str) -> String {
    let rest = recorded.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    format!("{}{path}", url.trim_end_matches('/'))
}

/// Removes objects that the recorded request created, which no check removes.
fn tidy(journal: &Journal, options: &Options) -> Result<(), Failure> {
    let path = journal.path();
    let left = Leftovers::read(path)
        .map_err(|error| Failure::environment(format!("read {}", path.display()), error))?;
    let stay = left
        .remove(&options.tokens)
        .map_err(|error| silent(&error))?;
    if stay.is_empty() && left.unknown.is_empty() {
        return fs::remove_file(path)
            .map_err(|error| Failure::environment(format!("remove {}", path.display()), error));
    }
    end(journal)
}

/// The entry of an obligation in a report.
struct Recorded {
    url: String,
    verdict: String,
    inputs: (u64, u32),
    exchange: Option<Exchange>,
}

impl Recorded {
    fn read(file: &Path, id: &str) -> Result<Self, Failure> {
        let shown = file.display();
        let text = fs::read_to_string(file)
            .map_err(|error| usage(format!("cannot read {shown}: {error}")))?;
        let report: Value = serde_json::from_str(&text)
            .map_err(|error| usage(format!("{shown} is not a report: {error}")))?;
        let outcomes = report["outcomes"].as_array().into_iter().flatten();
        let mut own = outcomes.filter(|one| one["obligation"]["id"] == id);
        let Some(outcome) = own.next() else {
            return Err(usage(format!("{shown} has no obligation `{id}`")));
        };
        let inputs = serde_json::from_value(outcome["inputs"].clone());
        Ok(Self {
            url: report["url"].as_str().unwrap_or_default().to_owned(),
            verdict: outcome["verdict"].as_str().unwrap_or_default().to_owned(),
            inputs: inputs
                .map_err(|_| usage(format!("{shown} is of another version: it has no inputs")))?,
            exchange: serde_json::from_value(outcome["exchange"].clone()).unwrap_or_default(),
        })
    }
}

fn usage(why: String) -> Failure {
    Failure::new(Exit::Usage, format!("error: {why}"))
}
