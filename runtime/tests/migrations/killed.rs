//! A migration that ends before any of its statements.

use std::process::Command;

use fieldproof_runtime::store::{Error, Extent};
use rustix::process::{Signal, getpid, kill_process};

use super::Test;
use super::home::{Home, Kind};
use super::objects::check;
use super::place::Place;
use super::steps::extent;
use super::versions::VERSIONS;

pub(super) const ALL: &[(&str, Test)] = &[
    (
        "an_end_before_any_statement_leaves_the_version_before",
        killed,
    ),
    ("a_failure_before_any_statement_changes_nothing", failed),
];

/// Tells the process that is to be killed what to do: version, statement and place.
const TASK: &str = "FIELDPROOF_KILLED_MIGRATION";

/// What this process is to do before it is killed, if it is such a process.
pub(super) fn task() -> Option<String> {
    std::env::var(TASK).ok()
}

/// Every how many statements the process ends: each with `FIELDPROOF_MIGRATIONS=full`.
fn stride(kind: Kind) -> usize {
    match (std::env::var("FIELDPROOF_MIGRATIONS").as_deref(), kind) {
        (Ok("full"), _) => 1,
        (_, Kind::Sqlite) => 2,
        // A copy of a database takes its time there.
        (_, Kind::Postgres(_)) => 5,
    }
}

/// The number of statements of the migration to a version, with those that end it.
fn count(home: &Home, version: usize) -> usize {
    let (again, mut count) = (home.copy(), 0);
    let mut witness = |_: &str| {
        count += 1;
        Ok(())
    };
    let how = (extent(version), false);
    again.migrate(version, how, &mut witness).unwrap();
    assert!(count > 0, "version {version} changes nothing");
    count
}

fn killed(kind: Kind) {
    let home = Home::first(kind);
    let (mut ends, stride) = (0, stride(kind));
    for version in 1..VERSIONS.len() {
        for at in (version % stride..count(&home, version)).step_by(stride) {
            let half = home.copy();
            kill(&half, version, at);
            // The version before still starts, and finds everything.
            let before = half.open(version - 1, Extent::NewTables).unwrap();
            check(&*before, version - 1);
            drop(before);
            // So does the new one, which begins again.
            let after = half.open(version, extent(version)).unwrap();
            check(&*after, version);
            ends += 1;
        }
        drop(home.open(version, extent(version)).unwrap());
    }
    assert!(ends > 10, "{ends}");
}

/// Lets a process of its own migrate, which is killed.
fn kill(place: &Place, version: usize, at: usize) {
    let program = std::env::current_exe().unwrap();
    let task = format!("{version} {at} {}", place.text());
    let ended = Command::new(program).env(TASK, task).output().unwrap();
    assert_eq!(ended.status.code(), None, "it was not killed: {ended:?}");
}

/// Migrates, and is killed (SIGKILL) before a statement.
pub(super) fn end(task: &str) -> ! {
    let [version, at, place] = task.splitn(3, ' ').collect::<Vec<_>>()[..] else {
        panic!("{task}");
    };
    let (version, mut left): (usize, usize) = (version.parse().unwrap(), at.parse().unwrap());
    let mut witness = |_: &str| {
        match left {
            0 => kill_process(getpid(), Signal::KILL).expect("it may end itself"),
            _ => left -= 1,
        }
        Ok(())
    };
    let how = (extent(version), false);
    let done = Place::parse(place).migrate(version, how, &mut witness);
    panic!("it came to an end: {done:?}");
}

fn failed(kind: Kind) {
    let home = Home::first(kind);
    for version in 1..VERSIONS.len() {
        let before = home.picture();
        for at in 0..count(&home, version) {
            let mut left = at;
            let mut witness = |_: &str| match left {
                0 => Err(Error::new("go on", "it fails")),
                _ => {
                    left -= 1;
                    Ok(())
                }
            };
            let how = (extent(version), false);
            let said = home.migrate(version, how, &mut witness).unwrap_err();
            assert_eq!(said.to_string(), "cannot go on: it fails");
            assert!(
                before == home.picture(),
                "version {version}, statement {at}"
            );
        }
        check(&*home.open(version, extent(version)).unwrap(), version);
    }
}
