//! Watches: every change reaches those who asked for it, whatever happens.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::{send, send_as};
use super::receiver::{Receiver, Taken};
pub(crate) use super::server::ARGS;
use super::server::{Server, TOKEN};

const COURIERS: &str = "/agency/agents/courier";
pub(crate) const AGENTS: &str = "/agency/agents";

/// Creates a watch for the tenant of a token.
pub(crate) fn watch_as(server: &Server, token: &str, with: &Value) -> String {
    let made = send_as(server, token, "POST", COURIERS, &with.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()["courierId"].as_str().unwrap().to_owned()
}

pub(crate) fn watch(server: &Server, with: &Value) -> String {
    watch_as(server, TOKEN, with)
}

/// Creates an object that is watched.
pub(crate) fn agent_as(server: &Server, token: &str, name: &str) -> String {
    let body = json!({ "mail": format!("{name}@x.example"), "grade": { "code": "x" } });
    let made = send_as(server, token, "POST", AGENTS, &body.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()["agentId"].as_str().unwrap().to_owned()
}

pub(crate) fn agent(server: &Server, name: &str) -> String {
    agent_as(server, TOKEN, name)
}

/// The name of the object in a notification.
pub(crate) fn name(taken: &Taken) -> String {
    taken.json()["first"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn each_committed_change_is_told_once_and_in_order() {
    let (server, receiver) = (Server::start(ARGS), Receiver::start(0));
    let other = Receiver::start(0);
    watch(
        &server,
        &json!({ "to": receiver.url, "login": "u:p", "head": { "x-own": "1" } }),
    );
    let shape = json!({ "who": "${$.first}", "was": "${$.previousData.first}" });
    let shaped = json!({ "to": other.url, "way": "put", "shape": shape });
    let removed = watch(&server, &shaped);
    let id = agent(&server, "a");
    let path = format!("{AGENTS}/{id}");
    for name in ["Ann", "Ben", "Ben"] {
        send(&server, "PUT", &path, &json!({ "first": name }).to_string());
    }
    // A change that is refused causes no notification.
    let refused = send(&server, "PUT", &path, "{\"first\":1}");
    assert_eq!(refused.status, 422);
    send(&server, "DELETE", &path, "");
    let told = receiver.wait(4, 10);
    let events: Vec<_> = told.iter().map(|one| one.header("x-watch-event")).collect();
    assert_eq!(events, ["created", "updated", "updated", "deleted"]);
    assert_eq!(
        told.iter().map(name).collect::<Vec<_>>(),
        ["", "Ann", "Ben", "Ben"]
    );
    let ids: BTreeSet<_> = told.iter().map(|one| one.header("webhook-id")).collect();
    assert_eq!(ids.len(), 4);
    for one in &told {
        assert_eq!(one.header("authorization"), "Basic dTpw");
        assert_eq!(one.header("x-own"), "1");
        assert_eq!(one.header("x-watch-resource-id"), id);
        assert!(one.header("").starts_with("POST /in "), "{one:?}");
    }
    let shaped = other.wait(4, 10);
    let bodies: Vec<_> = shaped.iter().map(|one| one.body.as_str()).collect();
    let expected = [
        r#"{"who":"","was":""}"#,
        r#"{"who":"Ann","was":""}"#,
        r#"{"who":"Ben","was":"Ann"}"#,
        r#"{"who":"Ben","was":"Ben"}"#,
    ];
    assert_eq!(bodies, expected);
    assert!(
        shaped[0].header("").starts_with("PUT /in "),
        "{:?}",
        shaped[0]
    );
    // A deleted watch receives nothing more.
    send(
        &server,
        "DELETE",
        &format!("/agency/couriers/{removed}"),
        "",
    );
    agent(&server, "b");
    receiver.wait(5, 10);
    thread::sleep(Duration::from_millis(200));
    assert_eq!((receiver.asked(), other.asked()), (5, 4));
}

#[test]
fn nothing_private_is_told_anything_unless_the_operator_says_so() {
    let (server, receiver) = (Server::start(&[]), Receiver::start(0));
    // A URL with a literal private address is refused at once.
    let literal = json!({ "to": receiver.url });
    let refused = send(&server, "POST", COURIERS, &literal.to_string());
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/to");
    // A host name is checked when something is sent.
    let named = receiver.url.replace("127.0.0.1", "localhost");
    let own = watch(&server, &json!({ "to": named }));
    // An update is checked like a create.
    let change = send(
        &server,
        "PUT",
        &format!("/agency/couriers/{own}"),
        &literal.to_string(),
    );
    assert_eq!(change.status, 422, "{change:?}");
    agent(&server, "a");
    let path = format!("/agency/couriers/{own}/requests");
    let error = (0..100).find_map(|_| {
        thread::sleep(Duration::from_millis(100));
        let tried = send(&server, "GET", &path, "").json();
        tried["items"][0]["error"].as_str().map(str::to_owned)
    });
    let why = "the address has a name of a private network";
    assert_eq!(error.as_deref(), Some(why));
    assert_eq!(receiver.asked(), 0);
}

#[test]
fn an_import_beside_the_server_is_told_as_well() {
    let (server, receiver) = (Server::start(ARGS), Receiver::start(0));
    watch(&server, &json!({ "to": receiver.url }));
    let text =
        r#"{"agentId":"5f0000000000000000000001","mail":"a@x.example","grade":{"code":"x"}}"#;
    assert!(
        server
            .run(&["import", "--api", "agents", "-"], text)
            .status
            .success()
    );
    let told = receiver.wait(1, 10);
    assert_eq!(told[0].header("x-watch-event"), "created");
}
