//! A campaign of histories.
//!
//! `cargo run --release -p fieldproof-histories -- --histories 10000 --steps 100`

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use fieldproof_histories::{Tally, World, walk};

#[derive(Debug, Parser)]
#[command(about = "Random requests, answered alike over memory, SQLite and PostgreSQL")]
struct Arguments {
    /// How many histories
    #[arg(long, default_value_t = 100)]
    histories: u64,
    /// How many requests each has
    #[arg(long, default_value_t = 100)]
    steps: usize,
    /// The same seed gives the same histories
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of the first
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Tell how often each operation was answered how
    #[arg(long)]
    tally: bool,
}

#[allow(clippy::print_stdout, reason = "a campaign is printed")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut world = World::start();
    let stores = world.stores().join(", ");
    let started = Instant::now();
    let (mut tally, mut differences) = (Tally::default(), 0);
    for number in arguments.from..arguments.from + arguments.histories {
        let told = walk(
            &mut world,
            (arguments.seed, number),
            arguments.steps,
            &mut tally,
        );
        if let Err(why) = told {
            println!("{why}");
            differences += 1;
        }
    }
    if arguments.tally {
        for ((operation, status), count) in &tally.0 {
            println!("{count:>8} {status} {operation}");
        }
    }
    let done = |(_, status): &(String, u16)| (200..300).contains(status);
    let all: u64 = tally.0.values().sum();
    let done: u64 = tally
        .0
        .iter()
        .filter(|(key, _)| done(key))
        .map(|(_, count)| count)
        .sum();
    println!(
        "{} histories on {stores}: {all} requests, {done} of them carried out, {differences} \
         differences, {:.0?}",
        arguments.histories,
        started.elapsed()
    );
    match differences {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
