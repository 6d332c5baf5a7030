//! Compares the generated server with one written by hand, in one run, as ratios: six workloads
//! over SQLite or PostgreSQL.
//!
//! `cargo run --release -p fieldproof-bench -- --help`; with `deliveries` it compares the rate of
//! notifications with that of a bare loop.

mod arguments;
#[path = "../../runtime/tests/stores/cluster.rs"]
#[allow(dead_code)]
mod cluster;
mod deliver;
mod hand;
mod load;
mod measure;
mod receiver;
mod server;
mod workload;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Task};
use server::{ROLE, Role};

fn main() -> ExitCode {
    match std::env::var(ROLE).as_deref().map(Role::of) {
        Ok(Some(Role::Generated)) => {
            return fieldproof_runtime::server::run(fieldproof_server::APIS);
        }
        Ok(Some(Role::Hand)) => return hand::serve(),
        _ => {}
    }
    let arguments = Arguments::parse();
    match arguments.task {
        Some(Task::Deliveries) => deliver::measure(),
        None => measure::measure(&arguments),
    }
    ExitCode::SUCCESS
}

/// The value in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
