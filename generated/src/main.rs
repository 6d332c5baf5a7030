//! The server program. This file is written once; it is yours, and own logic is
//! added here.

use std::process::ExitCode;

use fieldproof_runtime::server::Server;
use fieldproof_server::APIS;

fn main() -> ExitCode {
    Server::new(APIS).run()
}
