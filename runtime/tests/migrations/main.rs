//! Eleven versions of a table, and what becomes of objects between them, in each kind of
//! databases. Without PostgreSQL's programs its tests are shown as ignored, unless
//! FIELDPROOF_POSTGRES=required says that they must be there.

mod beside;
#[path = "../stores/cluster.rs"]
mod cluster;
mod home;
mod identifiers;
mod killed;
mod layouts;
mod objects;
mod place;
mod refused;
mod steps;
mod versions;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use self::cluster::{Cluster, UNSYNCED};
use self::home::Kind;

/// A test of one kind of databases.
type Test = fn(Kind);

fn main() -> ExitCode {
    if let Some(task) = killed::task() {
        killed::end(&task);
    }
    let arguments = Arguments::from_args();
    let cluster = match arguments.list {
        true => None,
        false => Cluster::start(UNSYNCED),
    };
    let postgres = Kind::Postgres(cluster.as_ref().map(Cluster::place));
    let every = || {
        let all = steps::ALL.iter().chain(refused::ALL);
        all.chain(identifiers::ALL).chain(killed::ALL)
    };
    let shared = beside::ALL.iter().chain(layouts::ALL);
    let mut trials: Vec<Trial> = every().map(|test| trial(Kind::Sqlite, test)).collect();
    trials.extend(every().chain(shared).map(|test| trial(postgres, test)));
    let ended = libtest_mimic::run(&arguments, trials);
    drop(cluster);
    ended.exit_code()
}

fn trial(kind: Kind, (name, run): &(&str, Test)) -> Trial {
    let (run, absent) = (*run, matches!(kind, Kind::Postgres(None)));
    let name = match kind {
        Kind::Sqlite => format!("sqlite::{name}"),
        Kind::Postgres(Some(_)) => format!("postgres::{name}"),
        Kind::Postgres(None) => format!("postgres::{name}: skipped, no PostgreSQL here"),
    };
    let run = move || {
        run(kind);
        Ok(())
    };
    Trial::test(name, run).with_ignored_flag(absent)
}

/// Waits for a read.
fn wait<T>(read: impl Future<Output = T>) -> T {
    let mut threads = tokio::runtime::Builder::new_current_thread();
    threads.enable_all().build().unwrap().block_on(read)
}
