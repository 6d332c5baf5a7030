//! The server for the APIs: command line, accept loop and its own paths.

mod accept;
mod args;
mod ending;
mod failure;
mod import;
mod layer;
mod listen;
mod mount;
mod openapi;
mod reference;
mod scopes;
mod serve;
mod signup;
mod speech;
mod terminal;
mod token;

use std::process::ExitCode;

use axum::Router;
use clap::{CommandFactory, FromArgMatches};

use self::args::{Args, Command};
use self::terminal::complain;
use crate::api::Api;

/// Runs the command line of a server for `apis`; generated `main` functions call it.
#[must_use]
pub fn run(apis: &[&'static Api]) -> ExitCode {
    run_with(apis, Router::new())
}

/// Like [`run`], with additional routes, which take precedence over those of the APIs.
#[must_use]
pub fn run_with(apis: &[&'static Api], own: Router) -> ExitCode {
    let names: Vec<&str> = apis.iter().map(|api| api.name).collect();
    let about = format!("Serves {}.", names.join(", "));
    let more = format!(
        "Scopes of tokens: {}.\nFIELDPROOF_LOG=debug says more on standard error, FIELDPROOF_LOG=warn less.",
        scopes::every(apis).join(", ")
    );
    let command = Args::command().about(about).after_help(more);
    let matches = command.get_matches();
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let done = match args.command {
        None => serve::serve(apis, &args.serve, own),
        Some(Command::Serve(serve)) => serve::serve(apis, &serve, own),
        Some(Command::Token(command)) => token::run(apis, &command, false),
        Some(Command::Client(command)) => token::run(apis, &command, true),
        Some(Command::Renew(renew)) => import::renew(apis, &renew),
        Some(Command::Import(import)) => import::run(apis, &import),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}
