//! One file per command.

mod answers;
mod check;
mod clean;
mod compare;
mod conform;
mod coverage;
mod credentials;
mod diff;
mod explain;
pub(crate) mod generate;
mod given;
mod known;
mod mock;
mod mutants;
mod new;
mod openapi;
mod prove;
mod replay;
mod schema;
mod service;
mod settings;
mod tally;
mod verdict;

use clap::Subcommand;

use crate::exit::Done;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the specs, regenerate, build, serve and judge every documented row
    Prove(prove::Prove),
    /// Read the specs and name everything that is wrong with them
    Check(check::Check),
    /// Write the server's code from the specs
    Generate(generate::Generate),
    /// Judge a running service by every documented row
    Conform(Box<conform::Conform>),
    /// Tell what differs between the reports of two runs
    Compare(compare::Compare),
    /// Serve a spec from memory at once, without compiling anything
    Mock(mock::Mock),
    /// Remove what a killed run left on a service
    Clean(clean::Clean),
    /// Judge the obligation of one finding again, with the same inputs
    Replay(replay::Replay),
    /// Judge mocks with one promise broken each: the suite has to notice
    Mutants(Box<mutants::Mutants>),
    /// Tell how much of each document the specs cite
    Coverage(coverage::Coverage),
    /// Tell what a change of the specs breaks for clients
    Diff(diff::Diff),
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
            Self::Prove(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Generate(command) => command.run(),
            Self::Conform(command) => command.run(),
            Self::Compare(command) => command.run(),
            Self::Mock(command) => command.run(),
            Self::Clean(command) => command.run(),
            Self::Replay(command) => command.run(),
            Self::Mutants(command) => command.run(),
            Self::Coverage(command) => command.run(),
            Self::Diff(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::New(command) => command.run(),
        }
    }
}
