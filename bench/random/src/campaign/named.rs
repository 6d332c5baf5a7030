//! A campaign with names for everything that a spec can name.

use std::process::ExitCode;
use std::time::Instant;

use fieldproof_random::names;

use super::{Arguments, folders};

/// Maximum number of characters shown of a compiler's output.
const TOLD: usize = 4_000;

/// Generates and compiles specs with this many names.
#[allow(clippy::print_stdout, reason = "a campaign is printed")]
pub(crate) fn named(arguments: &Arguments) -> ExitCode {
    let (started, (root, _, target)) = (Instant::now(), folders());
    let names = names::draw(&root, arguments.seed, arguments.names);
    let mut faults = 0;
    for (at, some) in names.chunks(arguments.crate_of.max(1)).enumerate() {
        match names::judge(&root, &target, some) {
            Ok((roles, None)) => println!("{at}: {roles:?}, {:.0?}", started.elapsed()),
            Ok((roles, Some(said))) => {
                faults += 1;
                let first: String = said.chars().take(TOLD).collect();
                println!("{at}: {roles:?}\n{first}");
            }
            Err(error) => {
                faults += 1;
                println!("{at}: {error}");
            }
        }
    }
    println!(
        "{} names, {faults} faults, {:.0?}",
        names.len(),
        started.elapsed()
    );
    match faults {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
