//! The server program. This file is written once; it is yours, and own logic is
//! added here.

use fieldproof_runtime::server;
use fieldproof_server::APIS;
use std::process::ExitCode;

fn main() -> ExitCode {
    server::Server::new(APIS).run()
}
