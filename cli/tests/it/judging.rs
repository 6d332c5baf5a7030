//! Commands on a running service: the check before anything is judged, and replays of
//! findings.

use serde_json::Value;

use super::running::mock;
use super::{ran, root, scratch};

const SPEC: &str = "spec/profiles.yaml";
const ID: &str = "profiles.Profile.firstName:bounds";

#[test]
fn a_service_that_cannot_be_judged_is_one_message() {
    let (_mock, url) = mock(&[SPEC]);
    let conform = |more: &[&str]| {
        let start = ["conform", &url, "--spec", SPEC, "--only", "*:status"];
        ran(&root(), &[&start[..], more].concat())
    };
    for (args, said) in [
        (
            &["--token", "main=wrong"][..],
            "the token of the role `main`",
        ),
        (
            &["--token", "main=main", "--token", "read-only=wrong"],
            "the token of the role `read-only`",
        ),
        (
            &["--token", "main=main", "--base", "profiles=/v2"],
            "--base profiles=PATH",
        ),
    ] {
        let (code, out, err) = conform(args);
        assert_eq!(code, 2, "{out}{err}");
        assert!(err.contains(said) && err.lines().count() == 2, "{err}");
        assert!(!out.contains("fail") && !out.contains("stay"), "{out}");
    }
    let several = [
        "conform",
        &url,
        "--token",
        "main=main",
        "--only",
        "*:status",
    ];
    let (code, _, err) = ran(&root(), &several);
    assert_eq!(code, 2);
    assert!(err.contains("nothing of `accounts` is served") && !err.contains("`profiles`"));
    assert_eq!(conform(&["--token", "main=main"]).0, 0);
}

#[test]
fn a_replay_tells_whether_the_obligation_holds_now() {
    let folder = scratch("replay");
    let report = folder.join("report.json");
    let report = report.to_str().expect("a plain path");
    let (broken, url) = mock(&[SPEC, "--mutant", &format!("{ID}/BoundIgnored")]);
    let conform = [
        "conform",
        &url,
        "--spec",
        SPEC,
        "--token",
        "main=main",
        "--only",
        ID,
        "--seed",
        "7",
        "--report",
        &format!("json={report}"),
    ];
    assert_eq!(ran(&root(), &conform).0, 1);
    let written: Value = serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    assert_eq!(written["outcomes"][0]["inputs"], serde_json::json!([7, 12]));
    let replay = |url: &str| {
        let args = [
            "replay",
            ID,
            "--report",
            report,
            "--spec",
            SPEC,
            "--token",
            "main=main",
            "--url",
            url,
        ];
        ran(&root(), &args)
    };
    let (code, out, err) = replay(&url);
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        out.contains("then fail, now fail") && !out.contains("stay"),
        "{out}"
    );
    // The sound service refuses the recorded request, and nothing else is compared here.
    let (_sound, other) = mock(&[SPEC]);
    let (code, out, err) = replay(&other);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("then fail, now pass"), "{out}");
    drop(broken);
    let (code, _, err) = replay(&url);
    assert_eq!(code, 4);
    assert!(err.contains("--url names another"), "{err}");
}

#[test]
fn a_replay_is_not_taken_in_by_an_object_that_is_gone() {
    let folder = scratch("replay-gone");
    let report = folder.join("report.json");
    let report = report.to_str().expect("a plain path");
    let id = "profiles.Profile.firstName:updated";
    let (_broken, url) = mock(&[SPEC, "--mutant", &format!("{id}/UpdateForgets")]);
    let own = ["--spec", SPEC, "--token", "main=main"];
    let conform = [
        "conform",
        &url,
        "--only",
        id,
        "--report",
        &format!("json={report}"),
    ];
    assert_eq!(ran(&root(), &[&conform[..], &own].concat()).0, 1);
    // The object of the recorded request was removed, so the status differs now.
    let (code, out, err) = ran(
        &root(),
        &[&["replay", id, "--report", report], &own[..]].concat(),
    );
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        out.contains("now 404") && out.contains("then fail, now fail"),
        "{out}"
    );
}
