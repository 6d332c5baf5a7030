//! Each feature of the language has a folder in `tests/cases` with a small spec and what
//! is emitted for it, which the package there compiles.

use std::collections::BTreeMap;
use std::env::var_os;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fieldproof_codegen::emit;

/// What is emitted for a case, by its path below `expected`.
type Emitted = BTreeMap<String, String>;

#[test]
fn what_is_expected_is_emitted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let scratch = tempfile::tempdir().unwrap();
    let cases: Vec<(PathBuf, Emitted)> = folders(&root)
        .into_iter()
        .filter(|folder| folder.join("spec.yaml").is_file())
        .map(|folder| (folder.join("expected"), emitted(&folder)))
        .collect();
    assert!(cases.len() > 50, "{}", cases.len());
    let mut different = Vec::new();
    for ((expected, _), emitted) in cases.iter().zip(formatted(&cases, scratch.path())) {
        if var_os("UPDATE_CASES").is_some() {
            let _ = fs::remove_dir_all(expected);
            write(expected, &emitted);
        }
        let mut committed = Emitted::new();
        read(expected, expected, &mut committed);
        let paths = emitted.keys().chain(committed.keys());
        let differs = |path: &&String| emitted.get(*path) != committed.get(*path);
        different.extend(paths.filter(differs).map(|path| expected.join(path)));
    }
    assert!(
        different.is_empty(),
        "UPDATE_CASES=1 writes them: {different:#?}"
    );
}

/// What is emitted for the spec in a folder, without what is the same for all: the crate
/// around the APIs. Files of schemas repeat those of the document.
fn emitted(folder: &Path) -> Emitted {
    let loaded = fieldproof_spec::load(folder).unwrap();
    let apis = loaded.into_iter().map(|one| {
        assert!(one.found.is_empty(), "{}", one.render(false));
        one.api.unwrap()
    });
    let mut files = emit(&apis.collect::<Vec<_>>(), "golden-cases").0;
    files.retain(|path, _| {
        path.starts_with("openapi/") || path.matches('/').count() > 1 && path.starts_with("src/")
    });
    files
}

/// The files with their Rust as `rustfmt` prints it.
fn formatted(cases: &[(PathBuf, Emitted)], scratch: &Path) -> Vec<Emitted> {
    let place = |at: usize| scratch.join(at.to_string());
    let mut rust = Vec::new();
    for (at, (_, files)) in cases.iter().enumerate() {
        write(&place(at), files);
        let paths = files.keys().filter(|path| path.ends_with(".rs"));
        rust.extend(paths.map(|path| place(at).join(path)));
    }
    let options = [
        "--edition=2024",
        "--style-edition=2024",
        "--config=skip_children=true",
    ];
    let status = Command::new("rustfmt").args(options).args(&rust).status();
    assert!(status.unwrap().success());
    let read = |at| {
        let mut files = Emitted::new();
        read(&place(at), &place(at), &mut files);
        files
    };
    (0..cases.len()).map(read).collect()
}

fn write(folder: &Path, files: &Emitted) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The files of a folder, by their paths below `root`.
fn read(root: &Path, folder: &Path, into: &mut Emitted) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        match path.is_dir() {
            true => read(root, &path, into),
            false => {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                into.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    found.sort();
    found
}
