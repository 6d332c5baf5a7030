//! The server program. This file is written once; it is yours, and own logic is
//! added here.

use std::process::ExitCode;

use fieldproof_e2e::APIS;
use fieldproof_runtime::server::Server;

fn main() -> ExitCode {
    Server::new(APIS).run()
}
