//! The service that a command judges: where it is, and how to speak to it.

use std::path::PathBuf;

use clap::Args;
use fieldproof_conformance::harness::{Journal, Unreachable};
use fieldproof_conformance::{Contact, Options, contact};
use fieldproof_spec::model::Api;

use super::known::Known;
use crate::exit::{Exit, Failure};
use crate::revision::specs_at;
use crate::specs;
use crate::terminal::say;

/// The service that a command judges.
#[derive(Debug, Clone, Args)]
pub(super) struct Service {
    /// A spec file or a folder of them
    #[arg(
        long,
        value_name = "SPEC",
        default_value = "spec",
        env = "FIELDPROOF_SPEC"
    )]
    spec: PathBuf,
    #[command(flatten)]
    pub(super) known: Known,
    /// File that notes what is on the service until it is removed
    /// [default: one of its own in the folder for temporary files]
    #[arg(long, value_name = "FILE", env = "FIELDPROOF_JOURNAL")]
    journal: Option<PathBuf>,
}

impl Service {
    /// The APIs with the switches of the service.
    pub(super) fn apis(&self) -> Result<Vec<Api>, Failure> {
        let mut apis = specs::apis(&self.spec)?;
        self.known.switch(&mut apis)?;
        Ok(apis)
    }

    /// The APIs as they were at a revision or in a folder, with the switches of today.
    pub(super) fn apis_at(&self, since: &str) -> Result<Vec<Api>, Failure> {
        let mut apis = specs_at(since, &self.spec)?;
        self.known.switch(&mut apis)?;
        Ok(apis)
    }

    /// The journal of a run that writes.
    pub(super) fn journal(&self) -> Result<Journal, Failure> {
        let own = || {
            let name = format!("fieldproof-{}.journal", std::process::id());
            std::env::temp_dir().join(name)
        };
        let path = self.journal.clone().unwrap_or_else(own);
        let journal = Journal::create(&path)
            .map_err(|error| Failure::environment(format!("write {}", path.display()), error))?;
        say(&format!(
            "after a kill: fieldproof clean {} --token main=TOKEN",
            path.display()
        ));
        Ok(journal)
    }
}

/// What one look at the service shows. Ends the command when it cannot be judged at all,
/// with one message instead of a failure for each obligation.
pub(super) fn reached(apis: &[Api], options: &Options) -> Result<Contact, Failure> {
    let found = contact(apis, options).map_err(|error| silent(&error))?;
    match found.blocks.is_empty() {
        true => Ok(found),
        false => {
            let message = format!(
                "error: nothing can be judged\n  {}",
                found.blocks.join("\n  ")
            );
            Err(Failure::new(Exit::Usage, message))
        }
    }
}

/// The failure that the service does not answer.
pub(super) fn silent(Unreachable(why): &Unreachable) -> Failure {
    let message = format!("error: the service does not answer: {why}");
    Failure::new(Exit::Unreachable, message)
}

/// Reports what is left behind on the service.
pub(super) fn end(journal: &Journal) -> Result<(), Failure> {
    let path = journal.path().display();
    let left = journal
        .end()
        .map_err(|error| Failure::environment(format!("read {path}"), error))?;
    if !left.is_nothing() {
        let count = left.made.len() + left.unknown.len();
        say(&format!(
            "{count} objects stay on the service, noted in {path}"
        ));
    }
    Ok(())
}
