//! The server program. This file is written once; it is yours, and own logic is
//! added here.

use fieldproof_e2e::APIS;
use fieldproof_runtime::server;
use std::process::ExitCode;

fn main() -> ExitCode {
    server::Server::new(APIS).run()
}
