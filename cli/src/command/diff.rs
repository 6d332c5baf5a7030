//! `diff`.

use std::path::PathBuf;

use clap::Args;
use fieldproof_spec::diff::diff;

use crate::exit::{Done, Exit};
use crate::revision::specs_at;
use crate::specs::apis;
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: fieldproof diff --against main\n\nWhat a client of the old version relied on and the new one does \
                        not keep is breaking: ends with 1 when there is any."
)]
pub(crate) struct Diff {
    /// What the specs were before: a folder of them, or a revision of git
    #[arg(long, value_name = "REV|DIR")]
    against: String,
    /// Folder of the specs as they are
    #[arg(
        long,
        value_name = "DIR",
        default_value = "spec",
        env = "FIELDPROOF_SPEC"
    )]
    spec: PathBuf,
}

impl Diff {
    pub(crate) fn run(self) -> Done {
        let new = apis(&self.spec)?;
        let old = specs_at(&self.against, &self.spec)?;
        let changes = diff(&old, &new);
        for change in &changes {
            let word = if change.breaking {
                "breaking"
            } else {
                "compatible"
            };
            let path = if change.path.is_empty() {
                "."
            } else {
                &change.path
            };
            say(&format!("{word:<10} {path}: {}", change.what));
        }
        let breaking = changes.iter().filter(|change| change.breaking).count();
        say(&format!(
            "{breaking} breaking, {} compatible",
            changes.len() - breaking
        ));
        Ok(if breaking == 0 {
            Exit::Ok
        } else {
            Exit::Findings
        })
    }
}
