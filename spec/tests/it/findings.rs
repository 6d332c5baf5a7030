//! What holds of all findings; cases of each stand beside it, in `src`.

use std::fs;
use std::path::{Path, PathBuf};

use fieldproof_spec::{codes, lint};

use super::{SPEC, frames, places, read};

fn changed(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "{from}");
    SPEC.replacen(from, to, 1)
}

#[test]
fn a_good_spec_has_no_findings() {
    assert_eq!(frames(SPEC), "");
    assert!(read(SPEC).0.is_some());
}

/// Files of the package below `folder` with their texts.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
    files
}

#[test]
fn every_code_is_tried_beside_its_lint() {
    let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    // Of size, depth and several specs there are tests of their own; the last is a
    // defect of ours.
    let elsewhere = ["FP004", "FP005", "FP107", "FP108", "FP199"];
    for code in codes::all() {
        let (named, mark) = (format!("\"{}\",", code.id), format!("^ {}: ", code.id));
        let is_lint = lint::ALL.iter().any(|lint| lint.code == code);
        let is_beside = |path: &Path, home: &Path| {
            path == home || path.starts_with(home.with_extension("")) || {
                home.ends_with("mod.rs") && path.starts_with(home.parent().unwrap())
            }
        };
        let homes = all.iter().filter(|(_, text)| text.contains(&named));
        let homes: Vec<&Path> = homes.map(|(path, _)| path.as_path()).collect();
        let tried = all.iter().any(|(path, text)| {
            let beside = homes.iter().any(|home| is_beside(path, home));
            text.contains(&mark) && (beside || !is_lint)
        });
        assert!(tried || elsewhere.contains(&code.id), "{}", code.id);
    }
}

#[test]
fn frames_show_the_place_and_what_to_do() {
    let title = "title: Shelves\n";
    let again = changed(title, "title: Shelves\ntitle: Again\n");
    let type_ = changed("type: Language,", "type: Langage,");
    let below = changed("    path: /shelves\n", "");
    insta::assert_snapshot!([again, type_, below].map(|text| frames(&text)).join("\n\n"));
}

#[test]
fn all_faults_are_found_in_one_run() {
    let text = changed("default: oak", "default: brick");
    let text = text.replacen("at: 3 }", "at: 99999 }", 1).replacen(
        "field: label, op",
        "field: lable, op",
        1,
    );
    let found = places(&text);
    assert_eq!(found, ["FP201 33:25", "FP305 22:64", "FP401 20:49"]);
}

#[test]
fn a_typo_gets_a_suggestion() {
    let frames = frames(&changed("op: equals-folded", "opp: equals-folded"));
    assert!(frames.contains("did you mean `op`?"), "{frames}");
}
