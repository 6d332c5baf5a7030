//! Migrations that do not happen.

use std::fs;

use super::objects::{self, check};
use super::steps::extent;
use super::versions::VERSIONS;
use super::{Extent, first, open, store, wait};
use crate::store::{Durability, Store};

#[test]
fn objects_that_break_a_new_rule_are_counted_and_stay() {
    let folder = first();
    (1..8).for_each(|version| drop(store(&folder, version, extent(version)).unwrap()));
    let said = store(&folder, 8, Extent::Additive).unwrap_err().to_string();
    let wanted = "books: 1 object breaks `/title`: must be at most 12 characters long (4)";
    assert!(said.contains(wanted), "{said}");
    assert!(said.contains("`migrate --accept`"), "{said}");
    check(&store(&folder, 7, Extent::NewTables).unwrap(), 7);
    check(&store(&folder, 8, Extent::Accept).unwrap(), 8);
    // It was accepted once and is not counted again.
    check(&store(&folder, 9, Extent::Additive).unwrap(), 9);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn objects_with_equal_values_break_a_rule_that_they_be_unique() {
    let folder = first();
    (1..6).for_each(|version| drop(store(&folder, version, extent(version)).unwrap()));
    let twins =
        "UPDATE books SET body = json_set(body, '$.code', 'C1'), c_code = 'c1' WHERE id LIKE '%1'";
    assert_eq!(open(&folder, false).unwrap().execute(twins, []).unwrap(), 1);
    let said = store(&folder, 6, Extent::Additive).unwrap_err().to_string();
    let wanted = "books: 2 objects break `/code`: has to be unique (1, 2)";
    assert!(said.contains(wanted), "{said}");
    let accepted = store(&folder, 6, Extent::Accept).unwrap();
    assert_eq!(objects::titles(&accepted, 6).len(), 4);
    drop(accepted);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_earlier_version_refuses_a_later_schema_and_goes_back_when_asked() {
    let folder = first();
    drop(store(&folder, 1, Extent::Additive).unwrap());
    drop(store(&folder, 2, Extent::Additive).unwrap());
    let said = store(&folder, 1, Extent::Additive).unwrap_err().to_string();
    for wanted in [
        "schema 3 of the table `books` was made by a later version of its spec",
        "this program has that of schema 2; start the later version",
        "`migrate --accept`",
    ] {
        assert!(said.contains(wanted), "{said}");
    }
    let back = store(&folder, 1, Extent::Accept).unwrap();
    check(&back, 1);
    drop(back);
    // Now the other one is the earlier one.
    assert!(store(&folder, 2, Extent::Additive).is_err());
    check(&store(&folder, 2, Extent::Accept).unwrap(), 2);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_version_that_has_another_name_for_a_table_does_not_begin_an_empty_one() {
    let folder = first();
    drop(store(&folder, 10, Extent::Accept).unwrap());
    for extent in [Extent::NewTables, Extent::Additive] {
        let said = store(&folder, 9, extent).unwrap_err().to_string();
        assert!(said.contains("`books`, which is gone"), "{said}");
    }
    drop(store(&folder, 0, Extent::Additive).unwrap_err());
    let kept = store(&folder, 10, Extent::NewTables).unwrap();
    assert_eq!(objects::titles(&kept, 10).len(), objects::OBJECTS.len());
    drop(kept);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_may_only_make_tables_changes_none() {
    let folder = first();
    let said = store(&folder, 1, Extent::NewTables)
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("start the server, which brings it up to date"),
        "{said}"
    );
    check(&store(&folder, 0, Extent::NewTables).unwrap(), 0);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn objects_without_a_model_are_not_read_again() {
    let folder = first();
    let table = VERSIONS[2].model.table;
    let opened = crate::store::Sqlite::open(&folder, &[table], super::sealer());
    let said = opened.unwrap_err().to_string();
    assert!(
        said.contains("no model reads the 4 objects of `books` again"),
        "{said}"
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_hidden_value_does_not_stand_in_the_way_of_a_new_member() {
    let folder = first();
    (1..6).for_each(|version| drop(store(&folder, version, extent(version)).unwrap()));
    let database = open(&folder, false).unwrap();
    let kept: String = database
        .query_row("SELECT kept FROM books WHERE id LIKE '%3'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(kept, "{\"pages\":2}");
    // What an update stores leaves hidden members where they are.
    let store = store(&folder, 5, Extent::Additive).unwrap();
    let table = VERSIONS[5].model.table;
    let found = wait(store.get(table, "t", "3")).unwrap().unwrap();
    let again = (&store as &dyn Store).commit("t", Durability::Full, move |tx| {
        let row = objects::row_of(&found);
        Ok(tx.upsert(table, &row)?)
    });
    again.wait().unwrap();
    let kept: String = database
        .query_row("SELECT kept FROM books WHERE id LIKE '%3'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(kept, "{\"pages\":2}");
    drop((store, database));
    fs::remove_dir_all(folder).unwrap();
}
