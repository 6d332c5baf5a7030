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
fn an_update_refused_for_unknown_members_hashes_no_password() {
    const AGENTS: &str = "/agency/agents";
    let server = Server::start(&["--set", "agents.unknown_members=reject"]);
    let body = "{\"mail\":\"a@b.c\",\"grade\":{\"code\":\"1\"}}";
    let made = send(&server, "POST", AGENTS, body);
    let target = format!("{AGENTS}/{}", made.json()["agentId"].as_str().unwrap());
    let update = |body: &str| {
        let before = server.peak_memory();
        let status = send(&server, "PUT", &target, body).status;
        (status, server.peak_memory() - before)
    };
    // A hash takes 19 MiB, which its thread keeps.
    let (status, grown) = update("{\"phrase\":\"12345678\",\"zzz\":1}");
    assert!((status, grown < 10) == (422, true), "{status}, {grown} MiB");
    let (status, grown) = update("{\"phrase\":\"12345678\"}");
    let told = server.peak_memory() > 0;
    assert!(
        status == 200 && (grown > 10 || !told),
        "{status}, {grown} MiB"
    );
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
