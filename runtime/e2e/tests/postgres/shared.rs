//! What servers share, and what they refuse.

use std::process::{Command, Output};

use super::client::{Answer, raw, request, send, send_as};
use super::cluster::Place;
use super::server::{Server, TOKEN, complaint, folder, program};

const SHELVES: &str = "/library/shelves";

/// The key of all servers.
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A command on a database.
pub(super) fn on(url: &str, args: &[&str]) -> Command {
    let mut command = program(args);
    command
        .env("FIELDPROOF_DATABASE", url)
        .env("FIELDPROOF_SECRET_KEY", KEY);
    command
}

/// Starts a server over a database.
pub(super) fn server(url: &str, args: &[&str]) -> Server {
    let mut command = on(url, &["--listen", "127.0.0.1:0"]);
    command.args(args).env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    Server::ready(command, folder())
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

pub(super) fn one_service(place: Place) {
    let url = place.url();
    let (one, other) = (server(&url, &[]), server(&url, &[]));
    let ready: Answer = raw(&one, request(TOKEN, "GET", "/readyz", "").as_bytes()).unwrap();
    assert_eq!(
        (ready.status, ready.body.as_str()),
        (200, "ready; fsync = off")
    );

    let made = send(&one, "POST", SHELVES, "{\"label\":\"aa\",\"code\":\"one\"}");
    assert_eq!(made.status, 201, "{made:?}");
    let path = format!("{SHELVES}/{}", made.json()["shelfId"].as_str().unwrap());
    let read = send(&other, "GET", &path, "");
    assert_eq!((read.status, read.body.as_str()), (200, made.body.as_str()));
    let same = send(
        &other,
        "POST",
        SHELVES,
        "{\"label\":\"bb\",\"code\":\"one\"}",
    );
    assert_eq!(same.status, 409, "{same:?}");
    // A version that another server has replaced is refused.
    let changed = send(&other, "PATCH", &path, "{\"capacity\":3}");
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(send(&one, "GET", &path, "").json()["capacity"], 3);

    let create = ["token", "create", "--scope", "shelves:read"];
    let token = said(&on(&url, &create).output().unwrap());
    for server in [&one, &other] {
        assert_eq!(send_as(server, &token, "GET", &path, "").status, 200);
        assert_eq!(send_as(server, &token, "DELETE", &path, "").status, 403);
    }
    let list = said(&on(&url, &["token", "list"]).output().unwrap());
    let id = list.lines().find(|line| line.contains("shelves:read"));
    let id = id.and_then(|line| line.split('\t').next()).unwrap();
    said(&on(&url, &["token", "revoke", id]).output().unwrap());
    for server in [&one, &other] {
        assert_eq!(send_as(server, &token, "GET", &path, "").status, 401);
    }
}

pub(super) fn keys(place: Place) {
    let url = place.url();
    let mut without = on(&url, &["--listen", "127.0.0.1:0"]);
    without.env_remove("FIELDPROOF_SECRET_KEY");
    let (success, why) = complaint(without);
    assert!(!success && why.contains("needs --secret-key-file"), "{why}");
    drop(server(&url, &[]));
    let mut other = on(&url, &["--listen", "127.0.0.1:0"]);
    other.env("FIELDPROOF_SECRET_KEY", KEY.replace('0', "1"));
    let (success, why) = complaint(other);
    assert!(!success && why.contains("not among those given"), "{why}");
    // A new key goes before the others.
    let mut both = on(&url, &["--listen", "127.0.0.1:0"]);
    let keys = format!("{},{KEY}", KEY.replace('0', "1"));
    both.env("FIELDPROOF_SECRET_KEY", keys)
        .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    let both = Server::ready(both, folder());
    assert_eq!(send(&both, "GET", SHELVES, "").status, 200);
}

pub(super) fn folders(place: Place) {
    let url = place.url();
    let to = folder().display().to_string();
    for args in [&["backup", &to][..], &["restore", &to], &["verify"]] {
        let (success, why) = complaint(on(&url, args));
        assert!(!success && why.contains("pg_dump"), "{args:?}: {why}");
    }
    let closed = "postgres://nobody@127.0.0.1:9/none";
    let (success, why) = complaint(on(closed, &["token", "list"]));
    assert!(!success && why.contains("reach the database"), "{why}");
}
