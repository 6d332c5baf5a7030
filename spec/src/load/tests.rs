//! Files that a spec names.

use std::fs;

use crate::testing::check;

#[test]
fn shared_rulings_can_be_read() {
    check(
        "",
        r#"
use: nowhere.yaml
     ^^^^^^^^^^^^ FP106: cannot use `nowhere.yaml`: No such file or directory (os error 2)
"#,
    );
}

#[test]
fn a_spec_that_is_extended_stands_for_itself() {
    check(
        "",
        r#"
extends: nowhere.yaml
         ^^^^^^^^^^^^ FP109: cannot read `nowhere.yaml`: No such file or directory (os error 2)
"#,
    );
}

/// A spec that extends nothing.
const SHELVES: &str = "\
fieldproof: 1
api: shelves
title: Shelves
base: /library
auth: { scope: shelves }
resources:
  Shelf:
    path: /shelves
    id: { field: id, kind: uuid }
    fields:
      id: { type: id, mode: read-only }
      label: { type: string, max: 10, nullable: true }
    list: {}
";

/// The findings in a spec that extends the other one, and an excerpt of its model.
fn extended(own: &str) -> (String, Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("other")).unwrap();
    fs::write(folder.path().join("shelves.yaml"), SHELVES).unwrap();
    let file = folder.path().join("other/own.yaml");
    let head = "fieldproof: 1\nextends: ../shelves.yaml\n";
    fs::write(&file, format!("{head}{own}")).unwrap();
    let loaded = super::load(&file).unwrap().remove(0);
    let shown = loaded.api.as_ref().map(|api| {
        let shelf = &api.resources[0];
        let fields: Vec<&str> = shelf.fields.iter().map(|one| one.name.as_str()).collect();
        let (_, lines) = api.extends.as_ref().unwrap();
        let line = shelf.row.position.line - lines;
        format!("{}{} {fields:?} {line}", api.name, api.base)
    });
    let found = loaded.render(false);
    (
        found.replace(&folder.path().display().to_string(), ""),
        shown,
    )
}

#[test]
fn maps_are_joined_and_null_takes_away() {
    let (found, shown) = extended(
        "api: own\nbase: ~\nresources: { Shelf: { fields: { size: { type: integer } } } }\n",
    );
    assert_eq!(found, "");
    let shown = shown.unwrap();
    assert!(
        shown.starts_with("own [\"id\", \"label\", \"size\"]"),
        "{shown}"
    );
    let (_, plain) = extended("api: own\n");
    assert_eq!(plain.unwrap(), "own/library [\"id\", \"label\"] 7");
}

#[test]
fn a_finding_stands_in_the_file_that_it_is_about() {
    let (found, _) = extended("resources: { Shelf: { fields: { label: { max: many } } } }\n");
    assert!(found.contains("/other/own.yaml:3:"), "{found}");
    let (found, _) = extended("resources: { Shelf: { fields: { label: { type: boolean } } } }\n");
    assert!(found.contains("/other/../shelves.yaml:12:"), "{found}");
}
