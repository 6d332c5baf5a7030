//! Servers that start, run and write beside a migration of the database that they share.

use std::thread::{scope, sleep};
use std::time::Duration;

use fieldproof_runtime::store::{Durability, Extent, Postgres, Store};
use fieldproof_runtime::table::Table;

use super::home::{Home, Kind};
use super::objects::{OBJECTS, check, put};
use super::place::sealer;
use super::versions::VERSIONS;
use super::{Test, wait};

pub(super) const ALL: &[(&str, Test)] = &[
    (
        "a_server_of_the_version_before_writes_nothing_more",
        outdated,
    ),
    ("a_new_table_stops_nobody", new_table),
    ("of_servers_that_start_at_once_one_migrates", at_once),
    ("a_migration_waits_for_writes_that_are_under_way", waits),
    (
        "a_write_that_begins_during_a_migration_waits_and_is_refused",
        during,
    ),
    (
        "a_migration_whose_connection_is_ended_changes_nothing",
        ended,
    ),
];

/// The status of a write of a tenant, if it is refused.
fn refused(store: &dyn Store, tenant: &str) -> Option<u16> {
    let made = store.commit(tenant, Durability::Full, |tx| put(tx, 4, "new"));
    made.wait().err().map(|why| why.status)
}

fn outdated(kind: Kind) {
    let home = Home::first(kind);
    let before = home.open(0, Extent::Additive).unwrap();
    wait(before.ready()).unwrap();
    let after = home.open(2, Extent::Additive).unwrap();
    // Whether the tenant has written before or not.
    for tenant in ["t", "new"] {
        assert_eq!(refused(&*before, tenant), Some(503), "{tenant}");
    }
    sleep(Duration::from_millis(600));
    let why = wait(before.ready()).unwrap_err().to_string();
    assert!(why.contains("another version of the server"), "{why}");
    wait(after.ready()).unwrap();
    check(&*after, 2);
    let made = after.commit("t", Durability::Full, |tx| Ok(tx.number()));
    made.wait().unwrap();
}

fn new_table(kind: Kind) {
    static OTHERS: Table = Table {
        name: "others",
        resource: "Other",
        ..Table::BASE
    };
    let home = Home::first(kind);
    let before = home.open(0, Extent::Additive).unwrap();
    let tables = [VERSIONS[0].model.table, &OTHERS];
    drop(Postgres::open(&home.text(), &tables, sealer()).unwrap());
    assert_eq!(home.run("SELECT max(number) FROM schemas"), ["2"]);
    for tenant in ["t", "new"] {
        assert_eq!(refused(&*before, tenant), None, "{tenant}");
    }
}

fn at_once(kind: Kind) {
    let home = Home::first(kind);
    let open = |version: usize| {
        let starts = || {
            let store = home.open(version, Extent::Additive).unwrap();
            check(&*store, version);
            let made = store.commit("t", Durability::Full, |tx| Ok(tx.number()));
            made.wait().unwrap();
        };
        scope(|scope| {
            for _ in 0..6 {
                scope.spawn(starts);
            }
        });
    };
    (1..8).for_each(open);
    let twice = "SELECT count(*) - count(DISTINCT shape) FROM schemas WHERE name = 'books'";
    assert_eq!(home.run(twice), ["0"]);
}

fn waits(kind: Kind) {
    let home = Home::first(kind);
    let before = home.open(0, Extent::Additive).unwrap();
    let slow = before.commit("t", Durability::Full, |tx| {
        sleep(Duration::from_millis(300));
        put(tx, 4, "late")
    });
    sleep(Duration::from_millis(100));
    let mut there = None;
    let mut witness = |_: &str| {
        there.get_or_insert_with(|| home.run("SELECT id FROM books WHERE id LIKE '%5'"));
        Ok(())
    };
    let how = (Extent::Additive, false);
    home.migrate(2, how, &mut witness).unwrap();
    slow.wait().unwrap();
    assert_eq!(there.unwrap().len(), 1, "it began before the write ended");
    let after = home.open(2, Extent::Additive).unwrap();
    let found = wait(after.get(VERSIONS[2].model.table, "t", "5")).unwrap();
    let text = found.unwrap().body;
    assert!(text.contains("\"state\":\"draft\""), "{text}");
}

fn during(kind: Kind) {
    let home = Home::first(kind);
    let before = home.open(0, Extent::Additive).unwrap();
    let mut writes = Vec::new();
    let mut witness = |_: &str| {
        if writes.is_empty() {
            let write =
                |tenant: &str| before.commit(tenant, Durability::Full, |tx| put(tx, 4, "during"));
            // Whether the tenant has written before or not.
            writes.extend(["t", "new"].map(write));
            sleep(Duration::from_millis(200));
        }
        Ok(())
    };
    let how = (Extent::Additive, false);
    home.migrate(2, how, &mut witness).unwrap();
    for write in writes {
        assert_eq!(write.wait().unwrap_err().status, 503);
    }
    let count = home.run("SELECT count(*) FROM books");
    assert_eq!(count, [OBJECTS.len().to_string()]);
}

fn ended(kind: Kind) {
    let home = Home::first(kind);
    let before = home.picture();
    let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
        WHERE application_name = 'fieldproof' AND datname = current_database()";
    for at in 0..6 {
        let mut left = at;
        let mut witness = |_: &str| {
            if left == 0 {
                assert_ne!(home.run(end), ["0"]);
            }
            left -= 1;
            Ok(())
        };
        let how = (Extent::Additive, false);
        let said = home.migrate(2, how, &mut witness).unwrap_err();
        assert!(said.to_string().starts_with("cannot "), "{said}");
        assert!(before == home.picture(), "statement {at}");
    }
    check(&*home.open(2, Extent::Additive).unwrap(), 2);
}
