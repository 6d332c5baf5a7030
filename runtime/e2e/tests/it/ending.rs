//! Notifications across a restart of the server, and a server with nothing to do.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::send;
use super::deliveries::{AGENTS, ARGS, agent, watch};
use super::receiver::Receiver;
use super::server::Server;

/// Arguments for attempts of up to a minute, and so leases of five.
const PATIENT: &[&str] = &[
    "--allow-private-webhooks",
    "127.0.0.0/8",
    "--webhook-time-out",
    "60s",
];

fn until(what: &str, done: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < end, "{what} does not happen");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn what_a_server_leaves_behind_in_peace_is_sent_by_the_next_one_at_once() {
    let receiver = Receiver::silent(1);
    let args = [PATIENT, &["--drain-time", "200ms"]].concat();
    let mut server = Server::start(&args);
    watch(&server, &json!({ "to": receiver.url }));
    agent(&server, "a");
    until("an attempt", || receiver.asked() == 1);
    assert!(server.terminate());
    assert_eq!(receiver.taken().len(), 0);
    let _next = Server::start_in(server.leave(), PATIENT);
    let taken = receiver.wait(1, 60);
    assert_eq!((taken.len(), receiver.asked()), (1, 2));
}

#[test]
fn an_attempt_on_its_way_is_settled_before_a_server_ends() {
    let receiver = Receiver::slow(Duration::from_millis(500));
    let mut server = Server::start(PATIENT);
    watch(&server, &json!({ "to": receiver.url }));
    let id = agent(&server, "a");
    until("an attempt", || receiver.asked() == 1);
    assert!(server.terminate());
    let next = Server::start_in(server.leave(), PATIENT);
    // The next notification of the same object: if the first one had been sent again, it would
    // have arrived before this one.
    let path = format!("{AGENTS}/{id}");
    send(&next, "PUT", &path, r#"{"first":"Ann"}"#);
    let taken = receiver.wait(2, 60);
    let events: Vec<_> = taken
        .iter()
        .map(|one| one.header("x-watch-event"))
        .collect();
    assert_eq!(events, ["created", "updated"]);
}

/// The contents of the database files.
fn files(data: &Path) -> Vec<Vec<u8>> {
    let names = ["fieldproof.sqlite3", "fieldproof.sqlite3-wal"];
    let read = |name| std::fs::read(data.join(name)).unwrap_or_default();
    names.map(read).to_vec()
}

#[test]
fn a_server_with_nothing_to_do_writes_nothing() {
    let receiver = Receiver::gone();
    let server = Server::start(ARGS);
    let own = watch(&server, &json!({ "to": receiver.url }));
    agent(&server, "a");
    let health = format!("/agency/couriers/{own}/health");
    let disabled = || send(&server, "GET", &health, "").json()["state"] == "disabled";
    until("the end of the watch", disabled);
    // This notification is kept while the watch is disabled.
    agent(&server, "b");
    thread::sleep(Duration::from_millis(200));
    let before = files(&server.data);
    thread::sleep(Duration::from_millis(2_500));
    assert!(files(&server.data) == before, "something was written");
}
