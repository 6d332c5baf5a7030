//! `fieldproof`: from the field tables of an API document to a running service
//! that demonstrably does what the document says.

mod arguments;
mod command;
mod exit;
mod project;
mod report;
mod revision;
mod rustfmt;
mod server;
mod specs;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use command::Command;

/// Turns the field tables of API documents into a running service, and proves
/// the service against every documented row.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Begin with `fieldproof prove`: it checks the specs in `spec`, regenerates the server, starts it and \
                  checks every documented row over HTTP.\n\nExit codes: 0 ok, 1 findings, 2 usage, 3 spec unreadable, \
                  4 target unreachable, 5 generated code out of date, 6 build or environment failed.\n\n\
                  `@FILE` stands for the arguments in a file, one on a line."
)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let done = arguments::expand(std::env::args_os());
    match done.and_then(|arguments| Args::parse_from(arguments).command.run()) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            terminal::complain(&failure.message);
            failure.exit.into()
        }
    }
}
