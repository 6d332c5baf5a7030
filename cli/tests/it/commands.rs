use std::fs;

use super::{ran, root, scratch};

const SPEC: &str = "fieldproof: 1\napi: things\ntitle: Things\nconventions: house\nauth: { scope: things }\nresources:\n  Thing:\n    path: /things\n    \
                    id: { field: id, kind: hex24 }\n    fields:\n      id: { type: id, mode: read-only }\n    get: {}\n    create: {}\n";

#[test]
fn check_says_how_many_rows_and_ends_with_0() {
    let (code, out, _) = ran(&root(), &["check"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("spec/profiles.yaml: ") && out.contains("no findings"),
        "{out}"
    );
}

#[test]
fn check_shows_a_frame_with_file_line_and_column_and_ends_with_1() {
    let folder = scratch("check");
    fs::write(
        folder.join("bad.yaml"),
        SPEC.replace("kind: hex24", "kind: hex2"),
    )
    .unwrap();
    let (code, _, err) = ran(&folder, &["check", "bad.yaml"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("bad.yaml:9:28") && err.contains("FP104") && err.contains("did you mean"),
        "{err}"
    );
}

#[test]
fn a_spec_that_is_not_there_ends_with_3() {
    let (code, _, err) = ran(&root(), &["check", "nowhere.yaml"]);
    assert_eq!(code, 3);
    assert!(err.contains("nowhere.yaml"), "{err}");
}

#[test]
fn an_unknown_command_ends_with_2() {
    assert_eq!(ran(&root(), &["frobnicate"]).0, 2);
    assert_eq!(ran(&root(), &["explain", "FP999"]).0, 2);
    assert_eq!(ran(&root(), &["conform", "http://127.0.0.1:9"]).0, 2);
    assert_eq!(ran(&root(), &["@nowhere.args"]).0, 2);
}

#[test]
fn a_service_that_does_not_answer_ends_with_4() {
    let (code, out, err) = ran(
        &root(),
        &["conform", "http://127.0.0.1:9", "--token", "main=x"],
    );
    assert_eq!(code, 4);
    assert!(err.contains("does not answer"), "{err}");
    assert!(!out.contains("stay on the service"), "{out}");
}

#[test]
fn explain_knows_codes_and_checks() {
    assert!(
        ran(&root(), &["explain", "fp101"])
            .1
            .contains("unknown key")
    );
    assert!(
        ran(
            &root(),
            &["explain", "profiles.Profile.list.filter.firstName:selects"]
        )
        .1
        .contains("selects exactly")
    );
    let (_, _, err) = ran(&root(), &["explain", "FP10l"]);
    assert!(err.contains("did you mean"), "{err}");
}

#[test]
fn coverage_tells_lines_and_rows_from_the_record() {
    let (code, out, _) = ran(&root(), &["coverage", "--spec", "spec/profiles.yaml"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("378 of 378 lines covered"), "{out}");
}

#[test]
fn lines_that_are_pending_are_a_finding_of_coverage() {
    let folder = scratch("pending");
    let text = SPEC.replacen("resources:", "documents: { api: { file: x.txt, sha256: 00000000000000000000000000000000000000000000000000000000000000ff } }\npending: [{ at: 1, why: later }]\nresources:", 1);
    fs::create_dir_all(folder.join("documents")).unwrap();
    fs::write(folder.join("things.yaml"), text).unwrap();
    fs::write(folder.join("documents/x.txt"), "one line\n").unwrap();
    ran(
        &folder,
        &[
            "coverage",
            "--spec",
            ".",
            "--documents",
            "documents",
            "--accept",
        ],
    );
    let (code, out, err) = ran(&folder, &["coverage", "--spec", "."]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        out.contains("0 of 1 lines") && out.contains("pending, 1 lines: later"),
        "{out}"
    );
}

#[test]
fn generate_check_names_missing_edited_and_stale_files() {
    let folder = scratch("generate");
    fs::create_dir_all(folder.join("spec")).unwrap();
    fs::create_dir_all(folder.join("out")).unwrap();
    fs::write(folder.join("spec/things.yaml"), SPEC).unwrap();
    fs::write(folder.join("out/Cargo.toml"), "[package]\nname = \"out\"\n").unwrap();
    let generate = |more: &[&str]| ran(&folder, &[&["generate", "--out", "out"], more].concat());
    assert_eq!(generate(&["--check"]).0, 5);
    assert_eq!(generate(&[]).0, 0);
    assert!(generate(&[]).1.contains("nothing to regenerate"));
    assert_eq!(generate(&["--check"]).0, 0);
    let file = folder.join("out/src/things/thing/table.rs");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("IdKind::Hex24", "IdKind::Digits")).unwrap();
    let (code, _, err) = generate(&["--check"]);
    assert_eq!(code, 5);
    assert!(
        err.contains("edited: out/src/things/thing/table.rs")
            && err.contains("+    id_kind: value::IdKind::Hex24"),
        "{err}"
    );
    fs::write(
        folder.join("spec/things.yaml"),
        SPEC.replace("/things", "/objects"),
    )
    .unwrap();
    let (code, _, err) = generate(&[]);
    assert_eq!(code, 5, "{err}");
    assert!(
        err.contains("out/src/things/thing/table.rs") && err.contains("--force"),
        "{err}"
    );
    assert!(
        !err.contains("mod.rs"),
        "only what was edited is named: {err}"
    );
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("IdKind::Digits"),
        "the edit is still there"
    );
    assert_eq!(generate(&["--force"]).0, 0);
    assert_eq!(generate(&[]).0, 0);
    fs::write(folder.join("spec/things.yaml"), SPEC).unwrap();
    assert!(
        generate(&["--check"])
            .2
            .contains("stale: out/src/things/thing/table.rs")
    );
}

#[test]
fn prove_frozen_ends_with_5_after_an_emitted_file_was_edited() {
    let folder = scratch("frozen");
    fs::create_dir_all(folder.join("spec")).unwrap();
    fs::create_dir_all(folder.join("generated")).unwrap();
    fs::write(folder.join("spec/things.yaml"), SPEC).unwrap();
    fs::write(
        folder.join("generated/Cargo.toml"),
        "[package]\nname = \"out\"\n",
    )
    .unwrap();
    assert_eq!(ran(&folder, &["generate"]).0, 0);
    let file = folder.join("generated/src/things/thing/table.rs");
    let text = fs::read_to_string(&file).unwrap();
    let edited = text.replace("resource: \"Thing\"", "resource: \"Other\"");
    assert_ne!(edited, text);
    fs::write(&file, edited).unwrap();
    let (code, _, err) = ran(&folder, &["prove", "--frozen"]);
    assert_eq!(code, 5);
    assert!(
        err.contains("edited: generated/src/things/thing/table.rs"),
        "{err}"
    );
}
