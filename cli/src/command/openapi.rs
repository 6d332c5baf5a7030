//! `openapi`.

use std::path::PathBuf;

use clap::Args;

use crate::exit::{Done, Exit};
use crate::specs::apis;
use crate::terminal::say;

#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// A spec file, or a folder of them for one document each
    #[arg(value_name = "SPEC", default_value = "spec", env = "FIELDPROOF_SPEC")]
    spec: PathBuf,
}

impl Openapi {
    pub(crate) fn run(self) -> Done {
        for api in apis(&self.spec)? {
            say(&format!("{:#}", fieldproof_codegen::openapi(&api)));
        }
        Ok(Exit::Ok)
    }
}
