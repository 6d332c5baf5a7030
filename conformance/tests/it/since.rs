//! What a change of a spec touches.

use std::collections::BTreeSet;

use fieldproof_conformance::{compile, touched};
use fieldproof_spec::load;
use fieldproof_spec::model::Api;

const SPEC: &str = "fieldproof: 1
api: crates
title: Crates
base: /v1
auth: { scheme: api-key, name: X-Key }
resources:
  Crate:
    path: /crates
    id: { field: id, kind: number }
    fields:
      id:    { type: id, mode: read-only }
      label: { type: string, min: 1, max: 20, required: true }
      load:  { type: integer, min: 0, max: 90, nullable: true }
    list:
      filters:
        label: { field: label, op: equals }
        load: { field: load, op: equals }
    get: {}
    create: {}
  Truck:
    path: /trucks
    id: { field: id, kind: number }
    fields:
      id:    { type: id, mode: read-only }
      plate: { type: string, min: 1, max: 9, required: true }
    list: {}
    create: {}
";

fn api(text: &str) -> Api {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("crates.yaml"), text).unwrap();
    let one = load(folder.path()).unwrap().remove(0);
    let found = one.render(false);
    one.api.unwrap_or_else(|| panic!("{found}"))
}

/// What the change of a text touches, and the ids of all.
fn change(from: &str, to: &str) -> (BTreeSet<String>, usize) {
    assert!(SPEC.contains(from), "{from}");
    let after = api(&SPEC.replace(from, to));
    (
        touched(&[api(SPEC)], std::slice::from_ref(&after)),
        compile(&after).len(),
    )
}

#[test]
fn what_moves_or_is_told_otherwise_touches_nothing() {
    for (from, to) in [
        ("title: Crates", "# new\n\ntitle: All crates"),
        ("api: crates\n", "api: crates\nabout: Crates.\n"),
    ] {
        assert_eq!(change(from, to).0, BTreeSet::new());
    }
}

#[test]
fn a_field_touches_itself_what_reads_it_and_the_resource_as_a_whole() {
    let (ids, _) = change("max: 90", "max: 91");
    for id in [
        "crates.Crate.load:bounds",
        "crates.Crate.list.filter.load:selects",
        "crates.Crate.create:status",
    ] {
        assert!(ids.contains(id), "{id}: {ids:#?}");
    }
    let other = |id: &&String| {
        id.contains("Truck") || id.contains("Crate.label:") || id.contains("filter.label:")
    };
    assert_eq!(
        ids.iter().filter(other).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn what_is_new_and_what_all_share_is_touched() {
    let (ids, _) = change("        load: { field", "        weight: { field");
    assert!(
        ids.contains("crates.Crate.list.filter.weight:selects")
            && !ids.contains("crates.Crate.label:bounds")
    );
    let (ids, _) = change("    path: /crates\n", "    path: /boxes\n");
    assert!(
        ids.contains("crates.Crate.label:bounds") && !ids.iter().any(|id| id.contains("Truck"))
    );
    let (ids, all) = change("name: X-Key", "name: X-Api-Key");
    assert_eq!(ids.len(), all);
    assert_eq!(touched(&[], &[api(SPEC)]).len(), compile(&api(SPEC)).len());
}
