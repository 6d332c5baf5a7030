//! `schema`.

use clap::{Args, ValueEnum};
use fieldproof_spec::syntax;

use crate::exit::{Done, Exit};
use crate::terminal::say;

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Which language
    #[arg(value_enum, default_value = "spec")]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// Specs
    Spec,
    /// Files of shared rulings
    Conventions,
    /// Reports as JSON
    Report,
}

impl Schema {
    pub(crate) fn run(self) -> Done {
        let schema = match self.of {
            Of::Spec => syntax::schema(),
            Of::Conventions => syntax::conventions_schema(),
            Of::Report => fieldproof_conformance::report::schema(),
        };
        say(&format!("{schema:#}"));
        Ok(Exit::Ok)
    }
}
