//! The server program. This file is written once; it is yours, and own logic is
//! added here.

mod own;

use std::process::ExitCode;

use fieldproof_example_orders::{APIS, orders};
use fieldproof_runtime::server::Server;

fn main() -> ExitCode {
    Server::new(APIS)
        .hooks(own::book::Book)
        .routes(&orders::API, own::actions::routes())
        .job(&orders::API, own::packing::pack)
        .run()
}
