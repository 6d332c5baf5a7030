//! Tests of the program, and of rules for the whole project.

mod codes;
mod commands;
mod dialects;
mod exhaustive;
mod expiring;
mod golden;
mod house;
mod imports;
mod judging;
mod killed;
mod lengths;
mod logic;
mod outside;
mod published;
mod running;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root folder of the workspace.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent()
        .expect("the package lies in the workspace")
        .to_owned()
}

/// Runs `fieldproof` in `folder`.
fn fieldproof(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldproof"));
    command
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the program starts")
}

/// Runs `fieldproof`; returns its exit code, standard output and standard error.
fn ran(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = fieldproof(folder, args);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// An empty folder for this test run.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}
