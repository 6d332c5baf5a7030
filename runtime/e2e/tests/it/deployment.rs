//! Data of a deployment, and objects of which each user sees their own values.

use std::io::Write;
use std::process::Stdio;

use super::client::{raw, send};
use super::server::{Server, program};

/// Imports text into the data of a running server; returns whether it was accepted.
fn import(server: &Server, args: &[&str], text: &str) -> bool {
    let mut command = program(&["import"]);
    command
        .args(args)
        .arg("-")
        .env("FIELDPROOF_DATA", &server.data);
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    process
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    process.wait().unwrap().success()
}

/// Creates a token for a user.
fn token(server: &Server, user: &str) -> String {
    let mut command = program(&["token", "create", "--scope", "members", "--user", user]);
    let output = command
        .env("FIELDPROOF_DATA", &server.data)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The clubs that a token sees.
fn clubs(server: &Server, token: &str) -> serde_json::Value {
    let request = format!(
        "GET /members/clubs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    raw(server, request.as_bytes()).unwrap().json()
}

#[test]
fn lists_rows_and_settings_hold_from_the_next_request_on() {
    let server = Server::start(&["--public-host", "here.example"]);
    let depot = |goods: &str| {
        let body = format!("{{\"name\":\"a\",\"goods\":\"{goods}\"}}");
        send(&server, "POST", "/depots/v1/depots", &body).status
    };
    assert_eq!((depot("Coal"), depot("Gold")), (201, 422));
    assert!(import(
        &server,
        &["--api", "depots"],
        "{\"goods\":[\"Gold\",\"Coal\"]}"
    ));
    assert_eq!((depot("Gold"), depot("Salt")), (201, 422));
    let lists = send(&server, "GET", "/depots/v1/lists", "").json();
    assert_eq!(lists["goods"], serde_json::json!(["Gold", "Coal"]));
    assert_eq!(lists["zones"], serde_json::json!(["North", "South"]));
    assert!(!import(
        &server,
        &["--api", "depots"],
        "{\"goods\":[\"\"],\"other\":[]}"
    ));

    let agent = |mail: &str, grade: &str| {
        let body = format!("{{\"mail\":\"{mail}\",\"grade\":{{\"code\":\"{grade}\"}}}}");
        send(&server, "POST", "/agency/agents", &body)
    };
    let first = agent("a@x.example", "x").json();
    assert_eq!(first["grade"]["label"], "Chief");
    assert_eq!(
        (&first["coin"], &first["host"]),
        (&"USD".into(), &"here.example".into())
    );
    assert_eq!(first["since"]["where"], "UTC");
    let brought = "{\"settings\":{\"coin\":\"EUR\",\"zone\":\"Asia/Tokyo\"},\"items\":[{\"code\":\"7\",\"label\":\"New\"}]}";
    assert!(import(&server, &["--api", "agents"], brought));
    let second = agent("b@x.example", "7").json();
    assert_eq!(
        (&second["coin"], &second["since"]["where"]),
        (&"EUR".into(), &"Asia/Tokyo".into())
    );
    assert_eq!(agent("c@x.example", "x").status, 422);
    assert_eq!(
        send(&server, "GET", "/agency/grades", "").json(),
        serde_json::json!({ "items": [{ "code": "7", "label": "New" }] })
    );
}

#[test]
fn users_share_what_is_shared_and_keep_what_is_theirs() {
    let server = Server::start(&[]);
    let (amy, bob) = (
        token(&server, "amy@x.example"),
        token(&server, "bob@x.example"),
    );
    let load =
        |user: &str, text: &str| import(&server, &["--api", "members", "--user", user], text);
    let founded = "2020-01-01T00:00:00+00:00";
    assert!(load(
        "amy@x.example",
        &format!(
            "[{{\"clubId\":\"12\",\"title\":\"Old\",\"rank\":\"chair\",\"founded\":\"{founded}\"}}]"
        )
    ));
    assert_eq!(clubs(&server, &bob), serde_json::json!([]));
    assert!(load(
        "BOB@x.example",
        "{\"clubId\":\"12\",\"title\":\"New\",\"duties\":[\"tea\"]}"
    ));
    let (of_amy, of_bob) = (clubs(&server, &amy), clubs(&server, &bob));
    assert_eq!(
        (&of_amy[0]["title"], &of_bob[0]["title"]),
        (&"New".into(), &"New".into())
    );
    assert_eq!(
        (&of_amy[0]["rank"], &of_bob[0]["rank"]),
        (&"chair".into(), &serde_json::Value::Null)
    );
    assert_eq!(of_bob[0]["duties"], serde_json::json!(["tea"]));
    assert_eq!(of_amy[0]["duties"], serde_json::json!([]));
    assert_eq!(
        of_amy[0]["founded"], founded,
        "an object keeps when it was made"
    );
    assert_eq!(of_amy[0]["founder"], "BOB@x.example", "who loaded it last");
    // A code is unique among all clubs of the tenant, whoever can see them.
    assert!(!load(
        "bob@x.example",
        "{\"clubId\":\"13\",\"title\":\"x\",\"code\":\"12\"}"
    ));
    assert!(!import(
        &server,
        &["--api", "members"],
        "{\"clubId\":\"14\",\"title\":\"x\"}"
    ));
}
