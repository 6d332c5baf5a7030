use std::fs;
use std::process::Command;

use super::{fieldproof, ran, root, scratch};

/// A spec from elsewhere, in a folder outside the workspace, is generated, compiled without
/// warnings, served and judged.
#[test]
fn a_new_project_with_another_spec_is_proven() {
    let folder = scratch("outside");
    let runtime = format!("path:{}", root().join("runtime").display());
    let (code, _, err) = ran(&folder, &["new", "library", "--runtime", &runtime]);
    assert_eq!(code, 0, "{err}");
    let project = folder.join("library");
    fs::remove_file(project.join("spec/library.yaml")).unwrap();
    for file in [
        "agents.yaml",
        "depots.yaml",
        "grades.tsv",
        "languages.tsv",
        "members.yaml",
        "shelves.yaml",
    ] {
        let from = root().join("runtime/e2e/spec").join(file);
        fs::copy(from, project.join("spec").join(file)).unwrap();
    }
    // With the lock file of this workspace, no package is built twice.
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let (code, _, err) = ran(&project, &["generate"]);
    assert_eq!(code, 0, "{err}");
    let target = root().join("target");
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--offline"])
        .current_dir(&project)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(
        built.status.success() && !said.contains("warning"),
        "{said}"
    );
    let mut prove = Command::new(env!("CARGO_BIN_EXE_fieldproof"));
    let output = prove
        .arg("prove")
        .current_dir(&project)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{out}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(out.contains("65 rows, 65 checked, 65 proven"), "{out}");
    let last = out.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("proven: ")
            && last.contains("214 of 214 rows, ")
            && last.ends_with("report.html"),
        "{last}"
    );
}

#[test]
fn new_refuses_a_folder_that_is_not_empty_and_a_bad_name() {
    let folder = scratch("new");
    fs::create_dir_all(folder.join("taken/x")).unwrap();
    let runtime = format!("path:{}", root().join("runtime").display());
    for name in ["taken", "Bad", "a/b", "1x"] {
        let output = fieldproof(&folder, &["new", name, "--runtime", &runtime]);
        assert_eq!(output.status.code(), Some(2), "{name}");
    }
}
