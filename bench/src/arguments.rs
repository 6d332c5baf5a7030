//! What a measurement is asked for.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::workload::Workload;

/// Compares the generated server with one written by hand.
#[derive(Parser)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Option<Task>,
    /// Where both servers keep their objects.
    #[arg(long, value_enum, default_value_t = Store::Sqlite)]
    pub(crate) store: Store,
    /// Profiles before the measurement, each with two contacts.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..))]
    pub(crate) rows: u64,
    /// Numbers of concurrent connections.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 64])]
    pub(crate) clients: Vec<usize>,
    /// Numbers of processes of each server; more than one takes PostgreSQL.
    #[arg(long, value_delimiter = ',', default_values_t = [1])]
    pub(crate) processes: Vec<usize>,
    /// Workloads to run; all when none is named.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) only: Vec<Workload>,
    /// Rounds of each workload, in which both servers take turns.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// Seconds of a round.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) seconds: f64,
    /// A program in place of the server written by hand, such as a generated server of before.
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) beside: Option<PathBuf>,
}

#[derive(Clone, Copy, Subcommand)]
pub(crate) enum Task {
    /// Compares the rate of notifications with that of a bare loop.
    Deliveries,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    /// A folder for each server, which is synchronized with each write.
    Sqlite,
    /// A database for each server, in one throw-away PostgreSQL that synchronizes its writes.
    Postgres,
}
