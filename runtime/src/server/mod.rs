//! The server for the APIs: command line, accept loop and its own paths.

mod accept;
mod args;
mod backup;
mod command;
mod database;
mod embed;
mod ending;
mod expiry;
mod failure;
mod import;
mod layer;
mod listen;
mod migrate;
mod mount;
mod openapi;
mod program;
mod reference;
mod scopes;
mod serve;
mod signup;
mod speech;
mod terminal;
mod token;
#[cfg(feature = "postgres")]
mod transfer;

pub use self::program::{Added, Server};

use std::process::ExitCode;

use crate::api::Api;

/// Runs the command line of a server for `apis`; generated `main` functions call it.
#[must_use]
pub fn run(apis: &[&'static Api]) -> ExitCode {
    Server::new(apis).run()
}
