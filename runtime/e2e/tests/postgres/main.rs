//! Several servers over one PostgreSQL database. Without PostgreSQL's programs these tests are
//! shown as ignored, unless FIELDPROOF_POSTGRES=required says that they must be there.

#[path = "../it/client.rs"]
#[allow(dead_code)]
mod client;
#[path = "../../../tests/stores/cluster.rs"]
mod cluster;
mod killed;
mod migrated;
mod moved;
#[path = "../it/receiver.rs"]
#[allow(dead_code)]
mod receiver;
#[path = "../it/server.rs"]
#[allow(dead_code)]
mod server;
mod shared;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use self::cluster::{Cluster, Place, UNSYNCED};
use self::killed::repeats;

/// A test in a cluster.
type Test = fn(Place);

/// All tests.
const ALL: &[(&str, Test)] = &[
    (
        "servers_over_one_database_are_one_service",
        shared::one_service,
    ),
    ("the_keys_have_to_be_given_and_be_the_same", shared::keys),
    ("what_is_for_folders_is_refused", shared::folders),
    (
        "a_folder_moves_to_a_database_and_back",
        moved::forth_and_back,
    ),
    ("keys_and_numbers_go_along", moved::into_a_used_one),
    ("what_was_answered_survives_killed_servers", killed::shared),
    (
        "a_create_that_is_repeated_makes_one_object_though_servers_are_killed",
        repeats::shared,
    ),
    ("a_database_follows_its_spec", migrated::follows),
];

/// Those of one server over a folder, which need no cluster.
const ALONE: &[(&str, fn())] = &[
    ("what_was_answered_survives_a_killed_server", killed::alone),
    (
        "a_create_that_is_repeated_makes_one_object_though_the_server_is_killed",
        repeats::alone,
    ),
    (
        "without_a_key_a_repeated_create_makes_another_object",
        repeats::unkeyed,
    ),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cluster = match arguments.list {
        true => None,
        false => Cluster::start(UNSYNCED),
    };
    let place = cluster.as_ref().map(Cluster::place);
    let trial = |(name, run): &(&str, Test)| {
        let run = *run;
        let name = match place {
            Some(_) => (*name).to_owned(),
            None => format!("{name}: no PostgreSQL here"),
        };
        let run = move || {
            run(place.ok_or("there is no PostgreSQL")?);
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(place.is_none())
    };
    let mut trials: Vec<Trial> = ALL.iter().map(trial).collect();
    let alone = |(name, run): &(&str, fn())| {
        let run = *run;
        let run = move || {
            run();
            Ok(())
        };
        Trial::test(*name, run)
    };
    trials.extend(ALONE.iter().map(alone));
    let ended = libtest_mimic::run(&arguments, trials);
    drop(cluster);
    ended.exit_code()
}
