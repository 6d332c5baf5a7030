//! `replay`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use fieldproof_conformance::lab::{Exchange, Lost, resend};
use serde_json::Value;

use super::given::Roles;
use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 1 while the service answers as it did when the report was written, with 0 when it answers with \
                        another status. Objects that the request needs may be gone: then `conform --only ID --seed N` makes them again."
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
    #[command(flatten)]
    roles: Roles,
}

impl Replay {
    pub(crate) fn run(self) -> Done {
        let recorded = self.recorded()?;
        let tokens = self.roles.tokens()?;
        let answer = resend(&recorded, &tokens).map_err(|Lost(why)| {
            let message = format!("error: the service does not answer: {why}");
            Failure::new(Exit::Unreachable, message)
        })?;
        say(&recorded.curl());
        say(&format!("then {}, now {}", recorded.status, answer.status));
        say(&answer.reply);
        Ok(match answer.status == recorded.status {
            true => Exit::Findings,
            false => Exit::Ok,
        })
    }

    /// The exchange that the report has of the obligation.
    fn recorded(&self) -> Result<Exchange, Failure> {
        let usage = |why: String| Failure::new(Exit::Usage, format!("error: {why}"));
        let file = self.report.display();
        let text = fs::read_to_string(&self.report)
            .map_err(|error| usage(format!("cannot read {file}: {error}")))?;
        let report: Value = serde_json::from_str(&text)
            .map_err(|error| usage(format!("{file} is not a report: {error}")))?;
        let outcomes = report["outcomes"].as_array().into_iter().flatten();
        let mut own = outcomes.filter(|one| one["obligation"]["id"] == self.id.as_str());
        let Some(outcome) = own.next() else {
            return Err(usage(format!("{file} has no obligation `{}`", self.id)));
        };
        serde_json::from_value(outcome["exchange"].clone()).map_err(|_| {
            usage(format!(
                "{file} has no exchange of `{}`: it did not fail",
                self.id
            ))
        })
    }
}
