//! `diff`.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use clap::Args;
use fieldproof_spec::diff::diff;
use fieldproof_spec::model::Api;

use crate::exit::{Done, Exit, Failure};
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
        let old = self.before()?;
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

    fn before(&self) -> Result<Vec<Api>, Failure> {
        let folder = Path::new(&self.against);
        if folder.is_dir() {
            return apis(folder);
        }
        // A temporary folder, removed once the specs are read.
        let copy = std::env::temp_dir().join(format!("fieldproof-diff-{}", std::process::id()));
        let done = self.check_out(&copy).and_then(|()| apis(&copy));
        let _ = std::fs::remove_dir_all(&copy);
        done
    }

    /// Writes the specs of a revision into `copy`.
    fn check_out(&self, copy: &Path) -> Result<(), Failure> {
        let failed = |error| Failure::environment("read the specs of a revision", error);
        let git = |args: &[&str]| {
            let output = Process::new("git")
                .arg("-C")
                .arg(&self.spec)
                .args(args)
                .output();
            let output = output.map_err(failed)?;
            match output.status.success() {
                true => Ok(output.stdout),
                false => {
                    let why = String::from_utf8_lossy(&output.stderr);
                    let message = format!(
                        "error: `{}` is no folder, and git says: {why}",
                        self.against
                    );
                    Err(Failure::new(Exit::Usage, message.trim_end()))
                }
            }
        };
        let listed = git(&["ls-tree", "-r", "--name-only", &self.against, "."])?;
        for file in String::from_utf8_lossy(&listed).lines() {
            let text = git(&["show", &format!("{}:./{file}", self.against)])?;
            let target = copy.join(file);
            let parent = target.parent().unwrap_or(copy);
            std::fs::create_dir_all(parent).map_err(failed)?;
            std::fs::write(&target, text).map_err(failed)?;
        }
        Ok(())
    }
}
