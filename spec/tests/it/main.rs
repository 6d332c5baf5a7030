//! The reader and its findings, file by file.

mod bytes;
mod diff;
mod findings;
mod schema;
mod words;

use std::path::Path;

use fieldproof_spec::check;
use fieldproof_spec::diagnostic::{Diagnostic, position, render};
use fieldproof_spec::lines::{Lines, Record};
use fieldproof_spec::model::Api;

/// A spec without findings, which each test spoils in one place.
const SPEC: &str = include_str!("shelves.yaml");

/// Checks the text of a spec beside the files of these tests.
fn read(text: &str) -> (Option<Api>, Vec<Diagnostic>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let mut lines = Lines::default();
    lines.insert("shelves.txt", Record::of(&"a line\n".repeat(40)));
    let mut found = Vec::new();
    let api = check("shelves.yaml", &folder, text, &lines, &mut found);
    (api, found)
}

/// Codes and places of all findings.
fn places(text: &str) -> Vec<String> {
    let (_, found) = read(text);
    let place = |one: &Diagnostic| {
        let at = position(text, one.span.start);
        format!("{} {}:{}", one.code.id, at.line, at.column)
    };
    found.iter().map(place).collect()
}

/// The frames of all findings.
fn frames(text: &str) -> String {
    let (_, found) = read(text);
    let frames: Vec<String> = found
        .iter()
        .map(|one| render("shelves.yaml", text, one, false))
        .collect();
    frames.join("\n\n")
}
