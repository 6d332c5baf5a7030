//! Switches in positions that differ from the spec.

use super::client::send;
use super::server::Server;

const SHELVES: &str = "/library/shelves";

#[test]
fn validation_status_400() {
    let server = Server::start(&["--set", "shelves.validation_status=400"]);
    let answer = send(&server, "POST", SHELVES, "{}");
    assert_eq!(
        (answer.status, &answer.json()["errors"][0]["pointer"]),
        (400, &"/label".into())
    );
}

#[test]
fn unknown_members_reject() {
    let server = Server::start(&["--set", "shelves.unknown_members=reject"]);
    let answer = send(
        &server,
        "POST",
        SHELVES,
        "{\"label\":\"ab\",\"x/y\":1,\"size\":{\"height\":1,\"deep\":1}}",
    );
    let errors = answer.json()["errors"].clone();
    let places: Vec<_> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!((answer.status, places), (422, vec!["/size/deep", "/x~1y"]));
}

#[test]
fn put_replace_and_patch_merge() {
    let server = Server::start(&["--set", "shelves.put=replace"]);
    let made = send(
        &server,
        "POST",
        SHELVES,
        "{\"label\":\"ab\",\"capacity\":7,\"language\":\"de\"}",
    )
    .json();
    let target = format!("{SHELVES}/{}", made["shelfId"].as_str().unwrap());
    let patched = send(&server, "PATCH", &target, "{\"capacity\":8}").json();
    assert_eq!(
        (&patched["capacity"], &patched["language"]),
        (&8.into(), &"de".into())
    );
    let put = send(&server, "PUT", &target, "{\"label\":\"cd\"}").json();
    assert_eq!(
        (&put["label"], &put["capacity"], &put["language"]),
        (&"cd".into(), &40.into(), &serde_json::Value::Null)
    );
    assert_eq!(
        send(&server, "PUT", &target, "{}").json()["errors"][0]["code"],
        "required"
    );
}

#[test]
fn if_match_required() {
    let server = Server::start(&["--set", "shelves.if_match=required"]);
    let made = send(&server, "POST", SHELVES, "{\"label\":\"ab\"}").json();
    let target = format!("{SHELVES}/{}", made["shelfId"].as_str().unwrap());
    assert_eq!(send(&server, "PATCH", &target, "{}").status, 428);
    assert_eq!(send(&server, "DELETE", &target, "").status, 428);
}
