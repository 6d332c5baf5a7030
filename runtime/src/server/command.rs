//! The command line of a server program.

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use super::args::{Args, Command};
use super::program::Server;
use super::terminal::complain;
#[cfg(feature = "postgres")]
use super::transfer;
use super::{backup, import, migrate, scopes, serve, token};

impl Server {
    /// Runs the command that the command line names.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let apis = self.apis.clone();
        let names: Vec<&str> = apis.iter().map(|api| api.name).collect();
        let about = format!("Serves {}.", names.join(", "));
        let more = format!(
            "Scopes of tokens: {}.\nFIELDPROOF_LOG=debug says more on standard error, FIELDPROOF_LOG=warn less.",
            scopes::every(&apis).join(", ")
        );
        let command = Args::command().about(about).after_help(more);
        let matches = command.get_matches();
        let args = match Args::from_arg_matches(&matches) {
            Ok(args) => args,
            Err(error) => error.exit(),
        };
        let done = match args.command {
            None => serve::serve(self, &args.serve),
            Some(Command::Serve(serve)) => serve::serve(self, &serve),
            Some(Command::Token(command)) => token::run(&apis, &command, false),
            Some(Command::Client(command)) => token::run(&apis, &command, true),
            Some(Command::Renew(renew)) => import::renew(self, &renew),
            Some(Command::Import(import)) => import::run(self, &import),
            Some(Command::Backup(one)) => backup::run(&apis, &one),
            Some(Command::Restore(one)) => backup::restore(&apis, &one),
            Some(Command::Verify(one)) => backup::verify(&apis, &one),
            #[cfg(feature = "postgres")]
            Some(Command::Move(one)) => transfer::run(&apis, &one),
            Some(Command::Migrate(one)) => migrate::run(&apis, &one),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                complain(&failure.to_string());
                ExitCode::FAILURE
            }
        }
    }
}
