//! Cases of findings as annotated text, for the tests beside each lint.
//!
//! A case is a piece of a spec that is applied to the small one in `tests/it/shelves.yaml`;
//! `key: (none)` removes a key. The findings in a line are marked below it, and there must
//! be no others:
//!
//! ```text
//! odd: { type: text }
//!              ^^^^ FP202: no type is called `text`
//!              = here it is `string`
//! ```
//!
//! `~` marks other relevant positions. Cases are separated by blank lines; one without
//! marks has no findings. `UPDATE_CASES=1` writes the marks.

mod marks;
mod patch;

use std::env::var_os;
use std::fs;
use std::panic::Location;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::lines::{Lines, Record};
use crate::load::check as check_text;
use crate::model::Api;
use patch::Patched;

/// A spec without findings.
const BASE: &str = include_str!("../../tests/it/shelves.yaml");

/// Only one file is rewritten at a time.
static WRITING: Mutex<()> = Mutex::new(());

/// Checks cases of fields, which are added to those of the shelf.
#[track_caller]
pub(crate) fn fields(cases: &str) {
    check("resources.Shelf.fields", cases);
}

/// Checks cases that are applied at `place`, such as `resources.Shelf`; if it is empty, to
/// the whole spec.
#[track_caller]
pub(crate) fn check(place: &str, cases: &str) {
    let judged: Vec<String> = cases
        .trim_matches('\n')
        .split("\n\n")
        .map(|case| judge(place, &marks::strip(case)))
        .collect();
    let judged = format!("\n{}\n", judged.join("\n\n"));
    if judged == cases {
        return;
    }
    if var_os("UPDATE_CASES").is_none() {
        panic!("what is found is not what is marked:\n{judged}\n\ninstead of:\n{cases}");
    }
    let _one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = package.parent().unwrap().join(Location::caller().file());
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(cases), "not a raw text:\n{judged}");
    fs::write(&file, text.replacen(cases, &judged, 1)).unwrap();
}

/// The case with its findings marked.
fn judge(place: &str, case: &str) -> String {
    let patched = Patched::new(BASE, place, case);
    let (api, mut found) = read(&patched.text);
    assert_eq!(api.is_some(), found.is_empty(), "{case}");
    found.sort_by_key(|one| (one.span.start, one.code.id));
    let mut marked = marks::Marks::default();
    for one in &found {
        let place = patched.place(&one.span);
        let (line, span) = place.unwrap_or_else(|| {
            panic!(
                "found where the case says nothing: {one:#?}\n{case}\nin\n{}",
                patched.text
            )
        });
        marked.finding(line, &span, one);
        for (other, label) in &one.also {
            if let Some((line, span)) = patched.place(other) {
                marked.other(line, &span, label);
            }
        }
    }
    marked.beside(case)
}

/// Checks the text of a spec in the folder of the test files.
fn read(text: &str) -> (Option<Api>, Vec<Diagnostic>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let mut lines = Lines::default();
    lines.insert("shelves.txt", Record::of(&"a line\n".repeat(40)));
    let mut found = Vec::new();
    let api = check_text("shelves.yaml", &folder, text, &lines, &mut found);
    (api, found)
}

#[test]
fn marks_are_what_is_found() {
    let case = "odd: { type: text }\n  ^ FP202: something else";
    let judged = judge("resources.Shelf.fields", &marks::strip(case));
    let lines: Vec<&str> = judged.lines().map(str::trim_start).collect();
    let found = "^^^^ FP202: no type is called `text`";
    assert_eq!(
        lines,
        ["odd: { type: text }", found, "= here it is `string`"]
    );
}

#[test]
#[should_panic(expected = "found where the case says nothing")]
fn what_is_found_elsewhere_fails() {
    judge("resources.Book", "path: (none)");
}
