//! Each version after the one before it, and one after many.

use std::fs;

use super::objects::check;
use super::versions::VERSIONS;
use super::{Extent, copy, first, migrated, open, planned, store, wait};

/// How far the migration to a version has to go: only one of them makes objects illegal.
pub(super) fn extent(version: usize) -> Extent {
    match version {
        8 => Extent::Accept,
        _ => Extent::Additive,
    }
}

#[test]
fn ten_versions_follow_each_other_and_any_can_be_left_out() {
    let folder = first();
    let begun = copy(&folder);
    for version in 1..VERSIONS.len() {
        let store = store(&folder, version, extent(version)).unwrap();
        check(&store, version);
        drop(store);
        // From the first version at once.
        let far = copy(&begun);
        let skipped = super::store(&far, version, Extent::Accept).unwrap();
        assert_eq!(
            super::objects::titles(&skipped, version).len(),
            super::objects::OBJECTS.len()
        );
        if version < 8 {
            check(&skipped, version);
        }
        drop(skipped);
        fs::remove_dir_all(far).unwrap();
    }
    fs::remove_dir_all(folder).unwrap();
    fs::remove_dir_all(begun).unwrap();
}

#[test]
fn each_migration_has_a_number_and_what_is_done_is_not_done_again() {
    let folder = first();
    for version in 0..VERSIONS.len() {
        let done = migrated(&folder, version, extent(version), &mut |_| Ok(())).unwrap();
        assert_eq!(done.number, 1 + i64::try_from(version).unwrap());
        let again = migrated(&folder, version, Extent::Additive, &mut |_| Ok(())).unwrap();
        assert_eq!(again.script, Vec::<String>::new(), "{version}");
        assert_eq!(again.number, done.number);
    }
    let noted = open(&folder, true).unwrap();
    let count = "SELECT count(*) FROM schemas WHERE name IN ('books', 'volumes')";
    let count: i64 = noted.query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 11);
    drop(noted);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_plan_tells_what_a_migration_does_and_does_nothing() {
    let folder = first();
    for version in 1..VERSIONS.len() {
        let before = fs::read(folder.join("fieldproof.sqlite3")).unwrap();
        let plan = planned(&folder, version);
        assert_eq!(plan.breaches.len(), usize::from(version == 8), "{plan:?}");
        let after = fs::read(folder.join("fieldproof.sqlite3")).unwrap();
        assert!(
            before == after,
            "the plan of {version} changed the database"
        );
        let done = migrated(&folder, version, extent(version), &mut |_| Ok(())).unwrap();
        assert_eq!(plan, done);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_changed_object_has_another_version_and_others_keep_theirs() {
    use crate::store::Store;
    let folder = first();
    let version = |at: usize, extent| {
        let store = store(&folder, at, extent).unwrap();
        let found = wait(store.get(VERSIONS[at].model.table, "t", "1")).unwrap();
        let found = found.unwrap();
        (found.version, found.updated)
    };
    let (first, updated) = version(0, Extent::Additive);
    let (noted, same) = version(1, Extent::Additive);
    assert!(noted > first, "it shows another member");
    assert_eq!(same, updated);
    let (state, _) = version(2, Extent::Additive);
    assert!(state > noted);
    assert_eq!(
        version(3, Extent::Additive).0,
        state,
        "an index is not shown"
    );
    assert_eq!(
        version(4, Extent::Additive).0,
        state,
        "a column is not shown"
    );
    fs::remove_dir_all(folder).unwrap();
}
