//! One file per command.

mod check;
mod coverage;
mod explain;
mod generate;
mod new;
mod openapi;
mod schema;

use clap::Subcommand;

use crate::exit::Done;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read the specs and name everything that is wrong with them
    Check(check::Check),
    /// Write the server's code from the specs
    Generate(generate::Generate),
    /// Tell how much of each document the specs cite
    Coverage(coverage::Coverage),
    /// Explain a code such as FP101, or a check of the conformance suite
    Explain(explain::Explain),
    /// Print the JSON Schema of the spec language
    Schema(schema::Schema),
    /// Print the OpenAPI 3.1 document of a spec
    Openapi(openapi::Openapi),
    /// Begin a project of one's own in a new folder
    New(new::New),
}

impl Command {
    pub(crate) fn run(self) -> Done {
        match self {
            Self::Check(command) => command.run(),
            Self::Generate(command) => command.run(),
            Self::Coverage(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::New(command) => command.run(),
        }
    }
}
