//! A migration whose process ends before any of its statements.

use std::fs;
use std::path::Path;
use std::process::{Command, abort};

use super::objects::check;
use super::steps::extent;
use super::versions::VERSIONS;
use super::{Extent, copy, first, migrated, store};
use crate::store::Error;

/// Tells the process that is to be killed what to do: folder, version and statement.
const TASK: &str = "FIELDPROOF_KILLED_MIGRATION";

/// Every how many statements the process ends: each with `FIELDPROOF_MIGRATIONS=full`.
fn stride() -> usize {
    match std::env::var("FIELDPROOF_MIGRATIONS").as_deref() {
        Ok("full") => 1,
        _ => 2,
    }
}

/// The number of statements of the migration to a version, with those that end it.
fn count(folder: &Path, version: usize) -> usize {
    let (again, mut count) = (copy(folder), 0);
    let mut witness = |_: &str| {
        count += 1;
        Ok(())
    };
    migrated(&again, version, extent(version), &mut witness).unwrap();
    fs::remove_dir_all(again).unwrap();
    count
}

#[test]
fn an_end_before_any_statement_leaves_the_version_before() {
    let folder = first();
    let mut ends = 0;
    for version in 1..VERSIONS.len() {
        let statements = count(&folder, version);
        assert!(statements > 0, "version {version} changes nothing");
        for at in (version % stride()..statements).step_by(stride()) {
            let half = copy(&folder);
            kill(&half, version, at);
            // The version before still starts, and finds everything.
            let before = store(&half, version - 1, Extent::NewTables).unwrap();
            check(&before, version - 1);
            drop(before);
            // So does the new one, which begins again.
            let after = store(&half, version, extent(version)).unwrap();
            check(&after, version);
            drop(after);
            fs::remove_dir_all(half).unwrap();
            ends += 1;
        }
        drop(store(&folder, version, extent(version)).unwrap());
    }
    assert!(ends > 10, "{ends}");
    fs::remove_dir_all(folder).unwrap();
}

/// Lets a process of its own migrate, which ends as if it were killed.
fn kill(folder: &Path, version: usize, at: usize) {
    let program = std::env::current_exe().unwrap();
    let task = format!("{version} {at} {}", folder.display());
    let ended = Command::new(program)
        .args(["--ignored", "--exact"])
        .arg("store::sqlite::migrate::tests::killed::the_process_that_ends")
        .env(TASK, task)
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), None, "it was not killed: {ended:?}");
}

#[test]
#[ignore = "runs as a process of another test, which it ends"]
fn the_process_that_ends() {
    let task = std::env::var(TASK).unwrap();
    let [version, at, folder] = task.splitn(3, ' ').collect::<Vec<_>>()[..] else {
        panic!("{task}");
    };
    let (version, mut left): (usize, usize) = (version.parse().unwrap(), at.parse().unwrap());
    let mut witness = |_: &str| -> Result<(), Error> {
        match left {
            0 => abort(),
            _ => left -= 1,
        }
        Ok(())
    };
    let done = migrated(Path::new(folder), version, extent(version), &mut witness);
    panic!("it came to an end: {done:?}");
}
