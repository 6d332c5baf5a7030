//! `compare`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use fieldproof_conformance::report::{Recorded, Turn, difference};

use crate::exit::{Done, Exit, Failure};
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: fieldproof compare main.json branch.json\n\nBoth are written by `conform --report json=FILE`. Ends with 1 \
                        when something fails that did not fail before; what was asked in one of two runs of a part is neither new nor gone."
)]
pub(crate) struct Compare {
    /// The report of the earlier run
    old: PathBuf,
    /// The report of the later run
    new: PathBuf,
}

impl Compare {
    pub(crate) fn run(self) -> Done {
        let found = difference(&read(&self.old)?, &read(&self.new)?);
        found.lines().iter().for_each(|line| say(line));
        Ok(match found.count(Turn::NewlyFailing) {
            0 => Exit::Ok,
            _ => Exit::Findings,
        })
    }
}

fn read(file: &Path) -> Result<Recorded, Failure> {
    let unusable = |why: String| {
        let message = format!("error: cannot use {}: {why}", file.display());
        Failure::new(Exit::Usage, message)
    };
    let text = fs::read_to_string(file).map_err(|error| unusable(error.to_string()))?;
    Recorded::read(&text).map_err(unusable)
}
