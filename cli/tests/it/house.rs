//! Tests of architecture rules.

mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::root;

/// The packages that each package of the workspace may depend on.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "fieldproof",
        &[
            "fieldproof-codegen",
            "fieldproof-conformance",
            "fieldproof-spec",
        ],
    ),
    ("fieldproof-spec", &[]),
    ("fieldproof-codegen", &["fieldproof-spec"]),
    ("fieldproof-conformance", &["fieldproof-spec"]),
    ("fieldproof-runtime", &[]),
    ("fieldproof-server", &["fieldproof-runtime"]),
    (
        "fieldproof-bench",
        &["fieldproof-runtime", "fieldproof-server"],
    ),
    (
        "fieldproof-random",
        &[
            "fieldproof-codegen",
            "fieldproof-conformance",
            "fieldproof-spec",
        ],
    ),
    (
        "fieldproof-histories",
        &["fieldproof-e2e", "fieldproof-runtime", "fieldproof-server"],
    ),
    (
        "fieldproof-power",
        &["fieldproof-e2e", "fieldproof-runtime"],
    ),
    ("fieldproof-e2e", &["fieldproof-runtime"]),
    // Its tests judge it.
    (
        "fieldproof-example-orders",
        &[
            "fieldproof-conformance",
            "fieldproof-runtime",
            "fieldproof-spec",
        ],
    ),
    ("golden-cases", &["fieldproof-runtime"]),
];

#[test]
fn dependencies_point_one_way() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(
        packages.len(),
        MAY_USE.len(),
        "a package has no place in the house"
    );
    let own: BTreeSet<&str> = packages
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let (_, may) = MAY_USE
            .iter()
            .find(|(one, _)| *one == name)
            .unwrap_or_else(|| panic!("{name} has no place in the house"));
        for dependency in package["dependencies"].as_array().unwrap() {
            let on = dependency["name"].as_str().unwrap();
            assert!(
                !own.contains(on) || may.contains(&on),
                "{name} must not build on {on}"
            );
        }
    }
}

/// Rust files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|one| one == "rs") {
            files.push(path);
        }
    }
    files
}

/// Whether a file only contains tests or their helpers.
fn is_test(file: &Path) -> bool {
    let names = file.iter().filter_map(|one| one.to_str());
    names
        .rev()
        .any(|one| matches!(one, "tests" | "tests.rs" | "testing"))
}

/// The packages whose sources are written by hand.
const BY_HAND: [&str; 9] = [
    "bench",
    "bench/histories",
    "bench/power",
    "bench/random",
    "cli",
    "codegen",
    "conformance",
    "runtime",
    "spec",
];

#[test]
fn every_file_is_a_module() {
    let mut orphans = Vec::new();
    let emitted = ["examples/orders", "generated", "runtime/e2e"];
    for package in BY_HAND.iter().chain(&emitted) {
        for file in sources(&root().join(package).join("src")) {
            let stem = file.file_stem().and_then(|one| one.to_str()).unwrap();
            if matches!(stem, "lib" | "main" | "mod") || file.iter().any(|one| one == "bin") {
                continue;
            }
            let folder = file.parent().unwrap();
            let above = ["mod.rs", "lib.rs", "main.rs"].map(|one| folder.join(one));
            let beside = folder.with_extension("rs");
            let named = above.iter().chain([&beside]).any(|one| {
                let text = fs::read_to_string(one).unwrap_or_default();
                text.contains(&format!("mod {stem};"))
            });
            if !named {
                orphans.push(file);
            }
        }
    }
    assert!(
        orphans.is_empty(),
        "no file names these as modules: {orphans:?}"
    );
}

/// The maximum number of files in an import circle.
const CIRCLES: &[(&str, usize)] = &[
    ("cli", 3),
    ("codegen", 3),
    ("conformance", 3),
    ("runtime", 3),
    ("spec", 3),
];

/// Matches over field types, operations, page styles and identifier kinds are exhaustive,
/// so that the compiler checks them.
#[test]
fn what_grows_is_matched_whole() {
    let mut open = Vec::new();
    for package in ["cli", "codegen", "conformance", "runtime", "spec"] {
        for file in sources(&root().join(package).join("src")) {
            open.extend(super::exhaustive::open_matches(&file));
        }
    }
    assert!(open.is_empty(), "{open:#?}");
}

/// Only the facts of a style of pages know its name; all others ask for roles of parameters.
#[test]
fn styles_of_pages_are_told_apart_in_one_place() {
    let place = root().join("spec/src/paging");
    let text = fs::read_to_string(place.join("style.rs")).unwrap();
    assert!(text.contains("pub enum PageStyle {"), "it has another name");
    let mut strangers = Vec::new();
    for package in ["cli", "codegen", "conformance", "runtime", "spec"] {
        let files = sources(&root().join(package).join("src"));
        let others = files.iter().filter(|file| !file.starts_with(&place));
        strangers.extend(others.flat_map(|file| super::exhaustive::named_styles(file)));
    }
    assert!(strangers.is_empty(), "{strangers:#?}");
}

/// The paths in ARCHITECTURE.md exist.
#[test]
fn the_map_shows_the_house() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named = text.split('`').skip(1).step_by(2);
    let starts = [
        "bench/",
        "cli/",
        "codegen/",
        "conformance/",
        "generated/",
        "runtime/",
        "spec/",
    ];
    let plain = |one: &&str| !one.contains(['*', '{', ' ', '\n']);
    let paths = named.filter(|one| starts.iter().any(|start| one.starts_with(start)));
    let missing: Vec<&str> = paths
        .filter(plain)
        .filter(|one| !root().join(one).exists())
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn files_do_not_import_each_other_in_circles() {
    let mut wide = Vec::new();
    for (package, most) in CIRCLES {
        let circles = super::imports::circles(&root().join(package).join("src"));
        let larger = circles.into_iter().filter(|one| one.len() > *most);
        wide.extend(larger.map(|circle| (package, circle.len(), circle)));
    }
    assert!(wide.is_empty(), "{wide:#?}");
}

#[test]
fn no_function_is_longer_than_80_lines() {
    // Emitted code is as long as a spec makes it.
    let files = BY_HAND.map(|package| sources(&root().join(package).join("src")));
    let files = files.concat();
    let files: Vec<PathBuf> = files.into_iter().filter(|file| !is_test(file)).collect();
    let found = super::lengths::longer(&files, &root(), 80);
    assert!(found.is_empty(), "{found:#?}");
}
