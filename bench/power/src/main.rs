//! A campaign of power cuts.
//!
//! `cargo run --release -p fieldproof-power -- --cuts 20000 --writes 1000000`

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use fieldproof_e2e::APIS;
use fieldproof_power::{Campaign, Control};
use fieldproof_runtime::server::Server;

#[derive(Debug, Parser)]
#[command(about = "Power cuts under a server that writes: nothing acknowledged may be lost")]
struct Arguments {
    /// How many power cuts
    #[arg(long, default_value_t = 1_000)]
    cuts: usize,
    /// How many acknowledged writes
    #[arg(long, default_value_t = 50_000)]
    writes: usize,
    /// How many of them a run has
    #[arg(long, default_value_t = 5_000)]
    each: usize,
    /// How many clients write at a time
    #[arg(long, default_value_t = 24)]
    clients: usize,
    /// How many runs follow each other, each over what a cut has left of the one before
    #[arg(long, default_value_t = 3)]
    chain: usize,
    /// The same seed gives the same choices; how the clients meet is not among them
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Start the server over every so many images
    #[arg(long, default_value_t = 50)]
    serve: usize,
    /// Break something that has to be noticed
    #[arg(long)]
    control: Option<Control>,
    /// The server [default: the emitted one of `runtime/e2e` in this program]
    #[arg(long, value_name = "FILE")]
    server: Option<PathBuf>,
    /// Keep the first images with a fault here
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a campaign is printed"
)]
fn main() -> ExitCode {
    // Started as a server, it is the emitted one, and nothing else.
    let command = std::env::args().nth(1);
    if matches!(command.as_deref(), Some("serve" | "verify")) {
        return Server::new(APIS).run();
    }
    let arguments = Arguments::parse();
    let own = || std::env::current_exe().expect("the path of this program");
    let campaign = Campaign {
        program: arguments.server.unwrap_or_else(own),
        cuts: arguments.cuts,
        writes: arguments.writes,
        each: arguments.each.min(arguments.writes),
        clients: arguments.clients,
        seed: arguments.seed,
        chain: arguments.chain.max(1),
        serve: arguments.serve.max(1),
        control: arguments.control,
        keep: arguments.keep,
    };
    let started = Instant::now();
    let told = |tally: &fieldproof_power::Tally| {
        if tally.runs.is_multiple_of(10) {
            eprintln!(
                "{} runs, {} cuts, {} lost, {} corrupt, {:.0?}",
                tally.runs,
                tally.cuts,
                tally.lost,
                tally.corrupt,
                started.elapsed()
            );
        }
    };
    let tally = match campaign.run(told) {
        Ok(tally) => tally,
        Err(why) => {
            println!("{why}");
            return ExitCode::from(2);
        }
    };
    for fault in &tally.faults {
        println!("{fault}");
    }
    println!("{tally}, {:.0?}", started.elapsed());
    match (campaign.control, tally.lost + tally.corrupt) {
        (None, 0) | (Some(_), 1..) => ExitCode::SUCCESS,
        (None, _) | (Some(_), _) => ExitCode::FAILURE,
    }
}
