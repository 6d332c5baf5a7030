//! Migrations that do not happen.

use fieldproof_runtime::store::{Durability, Error, Extent, Store};

use super::home::{Home, Kind};
use super::objects::{self, check};
use super::steps::extent;
use super::versions::VERSIONS;
use super::{Test, wait};

pub(super) const ALL: &[(&str, Test)] = &[
    (
        "objects_that_break_a_new_rule_are_counted_and_stay",
        counted,
    ),
    (
        "objects_with_equal_values_break_a_rule_that_they_be_unique",
        twins,
    ),
    (
        "an_earlier_version_refuses_a_later_schema_and_goes_back_when_asked",
        earlier,
    ),
    (
        "a_version_that_has_another_name_for_a_table_does_not_begin_an_empty_one",
        gone,
    ),
    ("what_may_only_make_tables_changes_none", only_new),
    ("objects_without_a_model_are_not_read_again", no_model),
    (
        "a_hidden_value_does_not_stand_in_the_way_of_a_new_member",
        hidden,
    ),
];

/// What was said instead of opening a store.
fn said(opened: Result<Box<dyn Store>, Error>) -> String {
    let Err(why) = opened else {
        panic!("it was opened");
    };
    why.to_string()
}

fn counted(kind: Kind) {
    let home = Home::first(kind);
    (1..8).for_each(|version| drop(home.open(version, extent(version)).unwrap()));
    let said = said(home.open(8, Extent::Additive));
    let wanted = "books: 1 object breaks `/title`: must be at most 12 characters long (4)";
    assert!(said.contains(wanted), "{said}");
    assert!(said.contains("`migrate --accept`"), "{said}");
    check(&*home.open(7, Extent::NewTables).unwrap(), 7);
    check(&*home.open(8, Extent::Accept).unwrap(), 8);
    // It was accepted once and is not counted again.
    check(&*home.open(9, Extent::Additive).unwrap(), 9);
}

fn twins(kind: Kind) {
    let home = Home::first(kind);
    (1..6).for_each(|version| drop(home.open(version, extent(version)).unwrap()));
    home.run(
        "UPDATE books SET body = replace(body, '\"C0\"', '\"C1\"'), c_code = 'c1' \
         WHERE id LIKE '%1'",
    );
    let said = said(home.open(6, Extent::Additive));
    let wanted = "books: 2 objects break `/code`: has to be unique (1, 2)";
    assert!(said.contains(wanted), "{said}");
    let accepted = home.open(6, Extent::Accept).unwrap();
    assert_eq!(objects::titles(&*accepted, 6).len(), 4);
}

fn earlier(kind: Kind) {
    let home = Home::first(kind);
    drop(home.open(1, Extent::Additive).unwrap());
    drop(home.open(2, Extent::Additive).unwrap());
    let said = said(home.open(1, Extent::Additive));
    for wanted in [
        "schema 3 of the table `books` was made by a later version of its spec",
        "this program has that of schema 2; start the later version",
        "`migrate --accept`",
    ] {
        assert!(said.contains(wanted), "{said}");
    }
    let back = home.open(1, Extent::Accept).unwrap();
    check(&*back, 1);
    drop(back);
    // Now the other one is the earlier one.
    assert!(home.open(2, Extent::Additive).is_err());
    check(&*home.open(2, Extent::Accept).unwrap(), 2);
}

fn gone(kind: Kind) {
    let home = Home::first(kind);
    drop(home.open(10, Extent::Accept).unwrap());
    for extent in [Extent::NewTables, Extent::Additive] {
        let said = said(home.open(9, extent));
        assert!(said.contains("`books`, which is gone"), "{said}");
    }
    assert!(home.open(0, Extent::Additive).is_err());
    let kept = home.open(10, Extent::NewTables).unwrap();
    assert_eq!(objects::titles(&*kept, 10).len(), objects::OBJECTS.len());
}

fn only_new(kind: Kind) {
    let home = Home::first(kind);
    let said = said(home.open(1, Extent::NewTables));
    assert!(
        said.contains("start the server, which brings it up to date"),
        "{said}"
    );
    check(&*home.open(0, Extent::NewTables).unwrap(), 0);
}

fn no_model(kind: Kind) {
    let home = Home::first(kind);
    let said = said(home.open_without_models(2));
    assert!(
        said.contains("no model reads the 4 objects of `books` again"),
        "{said}"
    );
}

fn hidden(kind: Kind) {
    let home = Home::first(kind);
    (1..6).for_each(|version| drop(home.open(version, extent(version)).unwrap()));
    let kept = "SELECT kept FROM books WHERE id LIKE '%3'";
    assert_eq!(home.run(kept), ["{\"pages\":2}"]);
    // What an update stores leaves hidden members where they are.
    let store = home.open(5, Extent::Additive).unwrap();
    let table = VERSIONS[5].model.table;
    let found = wait(store.get(table, "t", "3")).unwrap().unwrap();
    let again = store.commit("t", Durability::Full, move |tx| {
        let row = objects::row_of(&found);
        Ok(tx.upsert(table, &row)?)
    });
    again.wait().unwrap();
    assert_eq!(home.run(kept), ["{\"pages\":2}"]);
}
