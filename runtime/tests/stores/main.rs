//! What every store has to do, asked of each of them. Without PostgreSQL's programs its tests
//! are shown as ignored, unless FIELDPROOF_POSTGRES=required says that they must be there.

mod cluster;
mod fair;
mod kind;
mod ledgers;
mod pollers;
mod promises;
mod walk;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use tokio::runtime::{Builder, Runtime};

use self::cluster::{Cluster, UNSYNCED};
use self::kind::Kind;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cluster = match arguments.list {
        true => None,
        false => Cluster::start(UNSYNCED),
    };
    let postgres = Kind::Postgres(cluster.as_ref().map(Cluster::place));
    let mut trials = of(Kind::Memory, "memory", 0);
    trials.extend(of(Kind::Sqlite, "sqlite", 60));
    trials.extend(of(postgres, "postgres", 25));
    let ended = libtest_mimic::run(&arguments, trials);
    drop(cluster);
    ended.exit_code()
}

/// Waits for a read, outside of asynchronous code.
fn wait<T>(read: impl Future<Output = T>) -> T {
    thread_local! {
        static THREAD: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
    }
    THREAD.with(|thread| thread.block_on(read))
}

/// A test of one kind of stores.
type Test = fn(Kind);

/// Tests of one kind of stores; walks of it are compared with memory.
fn of(kind: Kind, name: &str, walks: u32) -> Vec<Trial> {
    let absent = kind.is_absent();
    let trial = |test: &str, run: Box<dyn FnOnce() + Send>| {
        let why = if absent { ": no PostgreSQL here" } else { "" };
        let run = move || {
            run();
            Ok(())
        };
        Trial::test(format!("{name}::{test}{why}"), run).with_ignored_flag(absent)
    };
    let mut trials = Vec::new();
    for (test, run) in promises::ALL {
        let run = move || run(&*kind.open(&[&promises::ITEMS], walk::noon));
        trials.push(trial(test, Box::new(run)));
    }
    let tests: [(&str, Test); 1] = [(
        "a_commit_that_leaves_something_to_be_sent_is_told_and_no_other",
        ledgers::a_commit_that_leaves_something_to_be_sent_is_told_and_no_other,
    )];
    for (test, run) in tests {
        trials.push(trial(test, Box::new(move || run(kind))));
    }
    if walks == 0 {
        return trials;
    }
    let same = move || walk::same(kind, Kind::Memory, walks);
    trials.push(trial("answers_as_memory_does", Box::new(same)));
    let same = move || ledgers::same(kind, Kind::Memory, walks * 2 / 3);
    trials.push(trial("tells_the_same_of_deliveries", Box::new(same)));
    let tests: [(&str, Test); 3] = [
        (
            "identifiers_of_the_transaction_are_all_met",
            pollers::identifiers_of_the_transaction_are_all_met,
        ),
        (
            "identifiers_from_outside_are_missed",
            pollers::identifiers_from_outside_are_missed,
        ),
        (
            "one_tenant_waits_behind_itself_and_is_refused_when_too_much_waits",
            fair::one_tenant_waits_behind_itself_and_is_refused_when_too_much_waits,
        ),
    ];
    for (test, run) in tests {
        trials.push(trial(test, Box::new(move || run(kind))));
    }
    trials
}
