//! Compares the generated server with a hand-written one of the same durability, in one run:
//! get, list of 50, create and update, as ratios.
//!
//! `cargo run --release -p fieldproof-bench`; with `-- deliveries` it compares the rate of
//! notifications with that of a bare loop.

mod deliver;
mod hand;
mod load;
mod receiver;
mod server;

use std::process::ExitCode;

use load::{Load, Sample};
use server::Server;

/// Environment variable that is set for server processes.
const ROLE: &str = "FIELDPROOF_BENCH_ROLE";

/// Number of objects before the measurement.
const OBJECTS: usize = 2_000;

/// Number of rounds per operation; the servers take turns, so that both run under the same
/// conditions.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    match std::env::var(ROLE).as_deref() {
        Ok("generated") => fieldproof_runtime::server::run(fieldproof_server::APIS),
        Ok("hand") => hand::serve(),
        _ if std::env::args().any(|one| one == "deliveries") => {
            deliver::measure();
            ExitCode::SUCCESS
        }
        _ => measure(),
    }
}

#[allow(clippy::print_stdout, reason = "a measurement is printed")]
fn measure() -> ExitCode {
    let generated = Server::start("generated");
    let hand = Server::start("hand");
    let mut loads = [Load::new(&generated), Load::new(&hand)];
    for load in &mut loads {
        load.fill(OBJECTS);
    }
    println!(
        "{OBJECTS} objects, {} connections, median of {ROUNDS} rounds each",
        load::CONNECTIONS
    );
    println!(
        "{:<10} {:>16} {:>16} {:>8}",
        "operation", "generated (/s)", "by hand (/s)", "ratio"
    );
    for (name, count) in [
        ("get", 4_000),
        ("list 50", 800),
        ("create", 1_200),
        ("update", 1_200),
    ] {
        let mut rates = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (load, rates) in loads.iter_mut().zip(&mut rates) {
                let Sample { requests, seconds } = load.run(name, count);
                rates.push(requests as f64 / seconds);
            }
        }
        let [own, other] = rates.map(median);
        println!("{name:<10} {own:>16.0} {other:>16.0} {:>8.2}", own / other);
    }
    ExitCode::SUCCESS
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
