//! Words that code may not contain, and the places that alone may contain others.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::{is_test, sources};
use crate::root;

/// Wire names with an inner capital or a bracket, and path templates.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for one in fieldproof_spec::load(&root().join("spec")).unwrap() {
        let api = one.api.unwrap();
        let mut add = |name: &str| {
            let inner = name.chars().skip(1).any(char::is_uppercase);
            if inner || name.contains('[') || name.starts_with('/') {
                words.insert(name.to_owned());
            }
        };
        for resource in &api.resources {
            add(&resource.path);
            add(&resource.item_path());
            resource.fields.iter().for_each(|field| add(&field.name));
            let filters = resource.list.iter().flat_map(|list| &list.filters);
            filters
                .flat_map(|filter| &filter.names)
                .for_each(|name| add(name));
        }
        api.objects
            .iter()
            .flat_map(|object| &object.fields)
            .for_each(|field| add(&field.name));
        api.tables
            .iter()
            .flat_map(|table| &table.columns)
            .for_each(|column| add(&column.name));
    }
    words
}

#[test]
fn no_word_of_a_document_stands_in_code_that_serves_all_documents() {
    let words = words();
    assert!(words.len() > 20, "{words:?}");
    let mut found = Vec::new();
    for folder in [
        "runtime/src",
        "codegen/src",
        "conformance/src",
        "cli/src",
        "spec/src",
    ] {
        for file in sources(&root().join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            for word in words.iter().filter(|word| {
                text.contains(&format!("\"{word}\""))
                    || (word.starts_with('/') && text.contains(word.as_str()))
            }) {
                found.push(format!("{}: {word}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_reference_model_knows_of_no_mutant() {
    let mut found = Vec::new();
    for file in sources(&root().join("conformance/src/model")) {
        let text = fs::read_to_string(&file).unwrap();
        for word in ["mutant", "mutat", "broken"] {
            if text.contains(word) {
                found.push(format!("{}: {word}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Rewrites are an independent source of mutants: they must not depend on the model or the
/// checks.
#[test]
fn the_proxy_knows_neither_the_model_nor_a_check() {
    let mut found = Vec::new();
    for file in sources(&root().join("conformance/src/rewrite")) {
        let text = fs::read_to_string(&file).unwrap();
        if text.contains("crate::") {
            found.push(file);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn one_place_knows_each_foreign_thing() {
    // Words, and the only folders or files that may contain them.
    let rules: &[(&str, &[&str])] = &[
        ("saphyr_parser", &["spec/src/tree"]),
        ("prettyplease", &["codegen/src/rust/file.rs"]),
        (
            "rusqlite",
            &["runtime/src/store/sqlite", "runtime/src/auth/sqlite.rs"],
        ),
        (
            "tokio_postgres",
            &["runtime/src/store/postgres", "runtime/src/auth/postgres.rs"],
        ),
        (
            "ureq::",
            &[
                "conformance/src/harness/client.rs",
                "conformance/src/mock/send.rs",
            ],
        ),
        ("println!", &["runtime/src/server/terminal.rs"]),
        // Addresses that clients supply are only reached through the guard.
        ("hyper::client", &["runtime/src/watch/client"]),
        (
            "TcpStream::connect",
            &[
                "runtime/src/watch/client",
                "runtime/src/server/accept/tests.rs",
                "conformance/src/mock/mod.rs",
                "conformance/src/rewrite/proxy.rs",
                "conformance/src/rewrite/upstream.rs",
            ],
        ),
    ];
    let mut found = Vec::new();
    for package in ["spec", "codegen", "runtime", "conformance", "cli"] {
        for file in sources(&root().join(package).join("src")) {
            let own = file.strip_prefix(root()).unwrap().display().to_string();
            let text = fs::read_to_string(&file).unwrap();
            for (word, places) in rules {
                if text.contains(word) && !places.iter().any(|place| own.starts_with(place)) {
                    found.push(format!("{own}: {word}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_is_emitted_decides_nothing() {
    let mut found = Vec::new();
    for folder in ["generated/src", "codegen/tests/cases", "runtime/e2e/src"] {
        let files = sources(&root().join(folder)).into_iter();
        let emitted = |file: &PathBuf| {
            let own = file.strip_prefix(root()).unwrap();
            own.iter().any(|one| one == "src")
        };
        for file in files.filter(emitted) {
            let decisions = crate::logic::decisions(&file);
            found.extend(decisions.into_iter().map(|one| (file.clone(), one)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nothing_in_spec_or_codegen_asks_the_world() {
    for folder in ["spec/src", "codegen/src"] {
        let files = sources(&root().join(folder));
        for file in files.into_iter().filter(|file| !is_test(file)) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in [
                "std::env",
                "SystemTime",
                "Instant::now",
                "getrandom",
                "HashMap",
                "process::Command",
            ] {
                assert!(!code.contains(word), "{} has {word}", file.display());
            }
        }
    }
}
