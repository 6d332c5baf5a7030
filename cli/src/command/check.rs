//! `check`.

use std::path::PathBuf;

use clap::Args;

use crate::exit::{Done, Exit};
use crate::specs::{findings, read, show};
use crate::terminal::{complain, say};

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Spec files or folders of them
    #[arg(value_name = "SPEC", default_value = "spec", env = "FIELDPROOF_SPEC")]
    specs: Vec<PathBuf>,
}

impl Check {
    pub(crate) fn run(self) -> Done {
        let loaded = read(&self.specs)?;
        let count = show(&loaded);
        if count > 0 {
            complain(&format!(
                "{}; `fieldproof explain CODE` tells more",
                findings(count)
            ));
            return Ok(Exit::Findings);
        }
        for one in &loaded {
            let rows = one
                .api
                .as_ref()
                .map_or(0, |api| fieldproof_spec::coverage::rows(api).len());
            say(&format!("{}: {rows} rows, no findings", one.path.display()));
        }
        Ok(Exit::Ok)
    }
}
