//! A campaign of random specs: everything that `check` accepts has to work.
//!
//! `cargo run --release -p fieldproof-random -- --specs 1000 --seed 1`. Failing specs are
//! shrunk and stored in `--keep`, named by number and fault.

mod campaign;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use fieldproof_random::sound;

use self::campaign::{Arguments, given, mocks, named, servers};

#[allow(clippy::print_stdout, reason = "a campaign is printed")]
fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if arguments.names > 0 {
        return named(&arguments);
    }
    if !arguments.files.is_empty() {
        (arguments.from, arguments.specs) = (0, arguments.files.len() as u64);
    }
    if arguments.show {
        for number in arguments.from..arguments.from + arguments.specs {
            let made = sound(given(&arguments, number));
            println!(
                "{}",
                made.map_or_else(
                    || format!("# {number} has no resource left"),
                    |made| made.text
                )
            );
        }
        return ExitCode::SUCCESS;
    }
    let started = Instant::now();
    let (specs, mut faults) = mocks(&arguments);
    println!(
        "{} of {} specs are sound; {} faults of documents and mocks, {:.0?}",
        specs.len(),
        arguments.specs,
        faults.len(),
        started.elapsed()
    );
    if arguments.batch > 0 {
        faults.extend(servers(&arguments, &specs));
    }
    let mut kinds: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for fault in &faults {
        println!("{} {}: {}", fault.number, fault.what, fault.why);
        kinds
            .entry(fault.what.rsplit(':').next().unwrap_or_default())
            .or_default()
            .push(fault.number);
    }
    for (kind, numbers) in &kinds {
        println!("{:>5} {kind}: {numbers:?}", numbers.len());
    }
    println!(
        "{} specs, seed {}, {} failures, {:.0?}",
        specs.len(),
        arguments.seed,
        faults.len(),
        started.elapsed()
    );
    match faults.is_empty() && !specs.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
