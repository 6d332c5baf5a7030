//! Specs that are served side by side.

use std::fs;

use crate::load::load;

/// A small spec.
fn spec(api: &str, base: &str, path: &str) -> String {
    format!(
        "fieldproof: 1\napi: {api}\ntitle: Made up\nauth: {{ scope: a }}\nbase: \"{base}\"\nresources:\n  Thing:\n    \
         path: {path}\n    id: {{ field: id, kind: digits }}\n    fields: {{ id: {{ type: id, mode: read-only }} }}\n    list: {{}}\n"
    )
}

/// The codes of the findings in the second of two specs in one folder.
fn beside(first: &str, second: &str) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.yaml", first), ("b.yaml", second)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let loaded = load(folder.path()).unwrap();
    assert!(loaded[0].found.is_empty(), "{}", loaded[0].render(false));
    let found = &loaded[1].found;
    assert_eq!(found.is_empty(), loaded[1].api.is_some());
    found.iter().map(|one| one.code.id).collect()
}

#[test]
fn each_has_a_name_and_paths_of_its_own() {
    let first = spec("one", "/v1", "/things");
    assert!(beside(&first, &spec("two", "/v2", "/things")).is_empty());
    assert!(beside(&first, &spec("two", "/v1", "/others")).is_empty());
    assert_eq!(beside(&first, &spec("one", "/v2", "/things")), ["FP107"]);
    // Both the collection and its objects collide.
    let twice = beside(&first, &spec("two", "/v1", "/things/"));
    assert_eq!(twice, ["FP108", "FP108"]);
    assert_eq!(beside(&first, &spec("two", "", "/v1/things")).len(), 2);
}
