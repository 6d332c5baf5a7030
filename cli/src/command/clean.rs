//! `clean`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use fieldproof_conformance::harness::Leftovers;

use super::given::Roles;
use super::service::silent;
use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "A run that ends by itself removes what it made. One that was killed leaves its journal, whose path it \
                        printed when it began."
)]
pub(crate) struct Clean {
    /// The journal of the run
    journal: PathBuf,
    #[command(flatten)]
    roles: Roles,
}

impl Clean {
    pub(crate) fn run(self) -> Done {
        let file = self.journal.display();
        let usage = |why: std::io::Error| {
            Failure::new(Exit::Usage, format!("error: cannot use {file}: {why}"))
        };
        let left = Leftovers::read(&self.journal).map_err(usage)?;
        let stay = left
            .remove(&self.roles.tokens()?)
            .map_err(|error| silent(&error))?;
        say(&format!(
            "{} of {} objects are gone",
            left.made.len() - stay.len(),
            left.made.len()
        ));
        for (url, status) in &stay {
            say(&format!("{url} stays: a removal is answered with {status}"));
        }
        for request in &left.unknown {
            say(&format!("nobody saw an answer of {request}"));
        }
        if !stay.is_empty() || !left.unknown.is_empty() {
            return Ok(Exit::Findings);
        }
        fs::remove_file(&self.journal).map_err(usage)?;
        Ok(Exit::Ok)
    }
}
