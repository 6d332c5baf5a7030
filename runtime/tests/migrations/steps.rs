//! Each version after the one before it, and one after many.

use fieldproof_runtime::store::Extent;

use super::home::{Home, Kind};
use super::objects::{OBJECTS, check, titles};
use super::versions::VERSIONS;
use super::{Test, wait};

pub(super) const ALL: &[(&str, Test)] = &[
    (
        "ten_versions_follow_each_other_and_any_can_be_left_out",
        follow,
    ),
    (
        "each_migration_has_a_number_and_what_is_done_is_not_done_again",
        numbers,
    ),
    ("a_plan_tells_what_a_migration_does_and_does_nothing", plans),
    (
        "a_changed_object_has_another_version_and_others_keep_theirs",
        changed,
    ),
];

/// How far the migration to a version has to go: only one of them makes objects illegal.
pub(super) fn extent(version: usize) -> Extent {
    match version {
        8 => Extent::Accept,
        _ => Extent::Additive,
    }
}

fn follow(kind: Kind) {
    let home = Home::first(kind);
    let begun = home.copy();
    for version in 1..VERSIONS.len() {
        let store = home.open(version, extent(version)).unwrap();
        check(&*store, version);
        drop(store);
        // From the first version at once.
        let far = begun.copy();
        let skipped = far.open(version, Extent::Accept).unwrap();
        assert_eq!(titles(&*skipped, version).len(), OBJECTS.len());
        if version < 8 {
            check(&*skipped, version);
        }
    }
}

fn numbers(kind: Kind) {
    let home = Home::first(kind);
    for version in 0..VERSIONS.len() {
        let done = home
            .migrate(version, (extent(version), false), &mut |_| Ok(()))
            .unwrap();
        assert_eq!(done.number, 1 + i64::try_from(version).unwrap());
        let again = home
            .migrate(version, (Extent::Additive, false), &mut |_| Ok(()))
            .unwrap();
        assert_eq!(again.script, Vec::<String>::new(), "{version}");
        assert_eq!(again.number, done.number);
    }
    let count = "SELECT count(*) FROM schemas WHERE name IN ('books', 'volumes')";
    assert_eq!(home.run(count), ["11"]);
}

/// What the plan of each version says of members.
const MEMBERS: [&[&str]; VERSIONS.len()] = [
    &[],
    &["-- `note` is new, or back"],
    &["-- `state` is new, or back"],
    &[],
    &[],
    &["-- `pages` is hidden, its values are kept"],
    &[],
    &["-- `pin` is new, or back"],
    &["-- `title` has other rules"],
    &["-- `pages` is new, or back", "-- `key` is new, or back"],
    &["-- `title` is called `name` now"],
];

fn plans(kind: Kind) {
    let home = Home::first(kind);
    for (version, members) in MEMBERS.iter().enumerate().skip(1) {
        let before = home.picture();
        let plan = home
            .migrate(version, (Extent::Additive, true), &mut |_| Ok(()))
            .unwrap();
        assert_eq!(plan.breaches.len(), usize::from(version == 8), "{plan:?}");
        let told = plan.script.iter().filter(|line| line.starts_with("-- `"));
        assert!(told.eq(*members), "{version}: {:?}", plan.script);
        assert!(
            before == home.picture(),
            "the plan of {version} changed the database"
        );
        let done = home
            .migrate(version, (extent(version), false), &mut |_| Ok(()))
            .unwrap();
        assert_eq!(plan, done);
    }
}

fn changed(kind: Kind) {
    let home = Home::first(kind);
    let version = |at: usize| {
        let store = home.open(at, Extent::Additive).unwrap();
        let found = wait(store.get(VERSIONS[at].model.table, "t", "1")).unwrap();
        let found = found.unwrap();
        (found.version, found.updated)
    };
    let (first, updated) = version(0);
    let (noted, same) = version(1);
    assert!(noted > first, "it shows another member");
    assert_eq!(same, updated);
    let (state, _) = version(2);
    assert!(state > noted);
    assert_eq!(version(3).0, state, "an index is not shown");
    assert_eq!(version(4).0, state, "a column is not shown");
}
