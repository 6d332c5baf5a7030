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
            "so try `--base profiles=`",
        ),
    ] {
        let (code, out, err) = conform(args);
        assert_eq!(code, 2, "{out}{err}");
        assert!(err.contains(said) && err.lines().count() == 2, "{err}");
        assert!(!out.contains("fail") && !out.contains("stay"), "{out}");
    }
    let (code, out, _) = conform(&["--token", "main=main"]);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("first contact: http") && out.contains("left out: "),
        "{out}"
    );
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
    // The base of the spec is none; the address has one.
    let slash = format!("{url}/v9");
    let (code, _, err) = ran(
        &root(),
        &["conform", &slash, "--spec", SPEC, "--token", "main=main"],
    );
    assert!(code == 2 && err.lines().count() == 2, "{err}");
}

#[test]
fn two_reports_are_compared() {
    let folder = scratch("compare");
    let judged = |args: &[&str], name: &str| {
        let (_mock, url) = mock(args);
        let file = folder.join(name).display().to_string();
        let report = format!("json={file}");
        let conform = [
            "conform",
            &url,
            "--spec",
            SPEC,
            "--token",
            "main=main",
            "--only",
            ID,
            "--report",
            &report,
        ];
        let _ = ran(&root(), &conform);
        file
    };
    let sound = judged(&[SPEC], "sound.json");
    let broken = judged(
        &[SPEC, "--mutant", &format!("{ID}/BoundIgnored")],
        "broken.json",
    );
    let compared = |old: &str, new: &str| ran(&root(), &["compare", old, new]);
    let (code, out, err) = compared(&sound, &broken);
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        out.contains(&format!(
            "newly failing {ID}: pass, now fail: expected status 422"
        )),
        "{out}"
    );
    let (code, out, _) = compared(&broken, &sound);
    assert!(
        code == 0 && out.contains(&format!("mended {ID}: fail, now pass")),
        "{out}"
    );
    assert_eq!(compared(&broken, &broken).0, 0);
    assert_eq!(compared(&broken, SPEC).0, 2);
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

const ITEMS: &str = "fieldproof: 1
api: items
title: Items
auth: { scheme: api-key, name: X-Api-Key }
resources:
  Item:
    path: /items
    id: { field: id, kind: number }
    fields:
      id:    { type: id, mode: read-only }
      name:  { type: string, min: 1, max: 80, required: true }
      price: { type: decimal, min: 0, nullable: true }
    list:   {}
    get:    {}
    create: {}
    delete: {}
";

#[test]
fn since_names_what_a_change_of_the_specs_touches() {
    let folder = scratch("since");
    let spec = folder.join("items.yaml");
    std::fs::write(&spec, ITEMS).unwrap();
    let git = |args: &[&str]| {
        let own = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let mut git = std::process::Command::new("git");
        let done = git.current_dir(&folder).args(own).args(args).output();
        assert!(
            done.as_ref().is_ok_and(|done| done.status.success()),
            "{done:?}"
        );
    };
    git(&["init", "--quiet"]);
    git(&["add", "items.yaml"]);
    git(&["commit", "--quiet", "--message", "one"]);
    let list = |more: &[&str]| {
        let start = ["conform", "--list", "--spec", "items.yaml"];
        ran(&folder, &[&start[..], more].concat())
    };
    let (code, out, err) = list(&["--since", "HEAD"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let longer = ITEMS
        .replace("fields:\n", "# all\n    fields:\n")
        .replace("max: 80", "max: 90");
    std::fs::write(&spec, longer).unwrap();
    let (some, all) = (list(&["--since", "HEAD"]).1, list(&[]).1);
    assert!(
        some.contains("items.Item.name:bounds") && !some.contains("items.Item.price:"),
        "{some}"
    );
    assert!(some.lines().count() < all.lines().count());
    assert_eq!(list(&["--since", "nowhere"]).0, 2);
}
