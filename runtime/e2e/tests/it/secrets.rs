//! Tokens of objects, and clients that send their id.

use super::client::{Answer, raw, send};
use super::server::Server;

/// Sends a request with only these headers.
fn ask(server: &Server, target: &str, headers: &str) -> Answer {
    let request = format!("GET {target} HTTP/1.1\r\nhost: x\r\n{headers}connection: close\r\n\r\n");
    raw(server, request.as_bytes()).unwrap()
}

fn bearer(server: &Server, token: &str) -> u16 {
    let headers = format!("authorization: Bearer {token}\r\n");
    ask(server, "/agency/agents", &headers).status
}

fn output(server: &Server, args: &[&str], input: &str) -> String {
    let output = server.run(args, input);
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_renewed_token_is_known_and_the_old_one_is_not() {
    let server = Server::start(&[]);
    let body = r#"{"mail":"a@x.example","grade":{"code":"x"}}"#;
    let made = send(&server, "POST", "/agency/agents", body);
    let made_json = made.json();
    let (id, old) = (
        made_json["agentId"].as_str().unwrap(),
        made_json["pass"].as_str().unwrap(),
    );
    assert_eq!(bearer(&server, old), 403);
    output(&server, &["renew", "--api", "agents", id], "");
    let path = format!("/agency/agents/{id}");
    let read = send(&server, "GET", &path, "");
    let json = read.json();
    let new = json["pass"].as_str().unwrap();
    assert_ne!(old, new);
    assert_ne!(read.header("etag"), made.header("etag"));
    assert_eq!((bearer(&server, old), bearer(&server, new)), (401, 403));
    let nobody = server.run(
        &["renew", "--api", "agents", "000000000000000000000000"],
        "",
    );
    assert!(!nobody.status.success());
}

#[test]
fn an_object_that_is_loaded_again_keeps_its_token_or_takes_the_printed_one() {
    let server = Server::start(&[]);
    let id = "5f0000000000000000000001";
    let load = |more: &str| {
        let text =
            format!(r#"{{"agentId":"{id}","mail":"a@x.example","grade":{{"code":"x"}}{more}}}"#);
        output(&server, &["import", "--api", "agents", "-"], &text);
        let path = format!("/agency/agents/{id}");
        let shown = send(&server, "GET", &path, "").json();
        shown["pass"].as_str().unwrap().to_owned()
    };
    let first = load("");
    assert_eq!(load(""), first);
    assert_eq!(bearer(&server, &first), 403);
    assert_eq!(load(r#","pass":"printed-before""#), "printed-before");
    assert_eq!(
        (bearer(&server, &first), bearer(&server, "printed-before")),
        (401, 403)
    );
}

#[test]
fn a_client_calls_with_its_id_and_token_until_it_is_revoked() {
    let server = Server::start(&[]);
    let plain = output(&server, &["token", "create", "--scope", "agents"], "");
    let made = output(&server, &["client", "create", "--scope", "agents"], "");
    let (id, token) = made.split_once('\t').unwrap();
    let by = |token: &str, client: &str| {
        let headers = format!("x-token: {token}\r\nx-client: {client}\r\n");
        ask(&server, "/agency/agents", &headers).status
    };
    assert_eq!((by(token, id), by(&plain, &plain)), (200, 200));
    assert_eq!((by(&plain, id), by(token, "other")), (401, 401));
    let listed = output(&server, &["client", "list"], "");
    assert!(
        listed.contains(id) && listed.lines().count() == 1,
        "{listed}"
    );
    output(&server, &["client", "revoke", id], "");
    assert_eq!(by(token, id), 401);
}

#[test]
fn credentials_in_the_query_string_are_taken_where_the_switch_says_so() {
    let closed = Server::start(&[]);
    let open = Server::start(&["--set", "agents.query_credentials=accept"]);
    for (server, status) in [(&closed, 401), (&open, 200)] {
        let token = output(server, &["token", "create", "--scope", "agents"], "");
        let target = format!("/agency/agents?x-token={token}&state=on&x-client={token}");
        assert_eq!(ask(server, &target, "").status, status);
    }
}
