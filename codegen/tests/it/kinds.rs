//! What is known of a type, an operation of filters or a style of pages stands in one place.

use std::fs;
use std::path::{Path, PathBuf};

/// The enums, and the only file of the generator that tells their variants apart.
const PLACES: &[(&str, &str)] = &[
    ("Type::", "kind/mod.rs"),
    ("Op::", "filter.rs"),
    ("PageOrder::", "paging.rs"),
];

#[test]
fn one_file_tells_the_variants_of_each_apart() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut strangers = Vec::new();
    for file in sources(&src) {
        let text = fs::read_to_string(&file).unwrap();
        for (word, place) in PLACES {
            let named = text.match_indices(word).any(|(at, _)| !is_part(&text, at));
            if named && file != src.join(place) {
                strangers.push(format!("{}: {word}", file.display()));
            }
        }
    }
    assert!(strangers.is_empty(), "{strangers:#?}");
}

#[test]
fn no_variant_is_told_apart_by_default() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (_, place) in PLACES {
        let text = fs::read_to_string(src.join(place)).unwrap();
        assert!(!text.contains("_ =>"), "{place} has a default");
    }
}

/// Whether the name that begins here is the end of a longer one.
fn is_part(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let found = paths.flat_map(|path| match path.is_dir() {
        true => sources(&path),
        false => vec![path],
    });
    found
        .filter(|path| path.extension().is_some_and(|ext| ext == "rs"))
        .collect()
}
