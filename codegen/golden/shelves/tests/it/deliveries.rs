//! Watches: every change reaches who asked for it, whatever happens.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::send;
use super::receiver::{Receiver, Taken};
use super::server::{Server, TOKEN, folder};

const COURIERS: &str = "/agency/agents/courier";
pub(crate) const AGENTS: &str = "/agency/agents";

/// A server that may send to loopback, and does not wait for long.
pub(crate) const ARGS: &[&str] = &[
    "--allow-private-webhooks",
    "127.0.0.0/8",
    "--webhook-time-out",
    "250ms",
    "--webhook-schedule",
    "20ms,50ms,100ms,200ms,400ms,400ms,400ms,400ms,400ms,400ms,400ms,400ms",
];

fn number(name: &str, usual: usize) -> usize {
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

pub(crate) fn watch(server: &Server, with: &Value) -> String {
    let made = send(server, "POST", COURIERS, &with.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()["courierId"].as_str().unwrap().to_owned()
}

pub(crate) fn agent(server: &Server, name: &str) -> String {
    let body = json!({ "mail": format!("{name}@x.example"), "grade": { "code": "x" } });
    let made = send(server, "POST", AGENTS, &body.to_string());
    made.json()["agentId"].as_str().unwrap().to_owned()
}

fn name(taken: &Taken) -> String {
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
    // What is refused happened to nobody.
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
        r#"{"who":"Ben","was":""}"#,
    ];
    assert_eq!(bodies, expected);
    assert!(
        shaped[0].header("").starts_with("PUT /in "),
        "{:?}",
        shaped[0]
    );
    // A watch that is removed is told nothing more.
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
    watch(&server, &json!({ "to": receiver.url }));
    agent(&server, "a");
    thread::sleep(Duration::from_millis(500));
    assert_eq!(receiver.asked(), 0);
}

/// A server that is killed again and again, and where it is just now.
struct Mortal {
    address: Arc<Mutex<Option<Server>>>,
}

impl Mortal {
    /// Sends a change until it is answered.
    fn change(&self, path: &str, body: &str) {
        loop {
            let address = self
                .address
                .lock()
                .unwrap()
                .as_ref()
                .map(|one| one.address.clone());
            let answer = address.and_then(|address| put(&address, path, body));
            if answer == Some(200) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The status of a change, if there is an answer.
fn put(address: &str, path: &str, body: &str) -> Option<u16> {
    use std::io::{BufRead, BufReader, Write};
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .ok()?;
    let length = body.len();
    let request = format!(
        "PUT {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).ok()?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_receiver_that_fails_gets_everything_in_order_though_the_server_is_killed() {
    let changes = number("FIELDPROOF_DELIVERIES", 240);
    let (writers, every) = (8, if changes > 5_000 { 5_000 } else { 900 });
    let receiver = Receiver::start(30);
    let server = Server::start(ARGS);
    watch(&server, &json!({ "to": receiver.url }));
    let objects: Vec<String> = (0..writers * 4)
        .map(|at| agent(&server, &format!("a{at}")))
        .collect();
    let mortal = Mortal {
        address: Arc::new(Mutex::new(Some(server))),
    };
    let (ended, over) = channel::<()>();
    let mut kills = 0;
    thread::scope(|scope| {
        for (writer, own) in objects.chunks(4).enumerate() {
            let (mortal, ended) = (&mortal, ended.clone());
            scope.spawn(move || {
                for at in 0..changes / writers {
                    let path = format!("{AGENTS}/{}", own[at % own.len()]);
                    let first = json!({ "first": format!("w{writer}n{at}") });
                    mortal.change(&path, &first.to_string());
                }
                drop(ended);
            });
        }
        drop(ended);
        loop {
            thread::sleep(Duration::from_millis(every));
            let server = mortal.address.lock().unwrap().take().unwrap();
            let data: PathBuf = server.kill();
            kills += 1;
            *mortal.address.lock().unwrap() = Some(Server::start_in(data, ARGS));
            if over.try_recv() == Err(TryRecvError::Disconnected) {
                break;
            }
        }
    });
    let total = changes / writers * writers + objects.len();
    let distinct = |taken: &[Taken]| {
        let ids: BTreeSet<String> = taken
            .iter()
            .map(|one| one.header("webhook-id").to_owned())
            .collect();
        ids.len()
    };
    let end = Instant::now() + Duration::from_secs(60 + changes as u64 / 100);
    while distinct(&receiver.taken()) < total && Instant::now() < end {
        thread::sleep(Duration::from_millis(50));
    }
    let taken = receiver.taken();
    let delivered = distinct(&taken);
    let (mut last, mut order) = (BTreeMap::new(), 0);
    let mut seen = BTreeSet::new();
    for one in taken
        .iter()
        .filter(|one| seen.insert(one.header("webhook-id").to_owned()))
    {
        let change: u64 = one
            .header("webhook-id")
            .split('-')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let before = last.insert(one.header("x-watch-resource-id").to_owned(), change);
        order += usize::from(before.is_some_and(|before| before > change));
    }
    let duplicates = taken.len() - delivered;
    println!(
        "{total} changes, {kills} kills, {} requests: {delivered} delivered, {order} out of order, {duplicates} twice",
        receiver.asked()
    );
    assert_eq!((delivered, order), (total, 0));
    // A kill leaves at most what was on its way: 8 slots of one watch. A slow
    // answer may be cut although the receiver had taken it.
    assert!(
        duplicates <= 8 * kills + total / 100,
        "{duplicates} after {kills} kills"
    );
}

/// The time from a change to its arrival that all but one in a hundred keep, in
/// milliseconds.
fn delay(watches: usize, holes: usize, changes: usize) -> u128 {
    let server = Server::start(ARGS);
    let good = Receiver::start(0);
    // Listens and never takes a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}/", silent.local_addr().unwrap());
    for at in 0..watches {
        let to = if at < holes { &silent } else { &good.url };
        watch(&server, &json!({ "to": to }));
    }
    let mut sent = BTreeMap::new();
    let id = agent(&server, "a");
    good.wait(watches - holes, 60);
    for at in 0..changes {
        let first = format!("n{at}");
        sent.insert(first.clone(), Instant::now());
        send(
            &server,
            "PUT",
            &format!("{AGENTS}/{id}"),
            &json!({ "first": first }).to_string(),
        );
        thread::sleep(Duration::from_millis(100));
    }
    let expected = (watches - holes) * (changes + 1);
    let taken = good.wait(expected, 120);
    assert_eq!(taken.len(), expected);
    let after = |one: &Taken| Some(one.at.duration_since(*sent.get(&name(one))?).as_millis());
    let mut delays: Vec<u128> = taken.iter().filter_map(after).collect();
    delays.sort_unstable();
    delays[delays.len() * 99 / 100]
}

#[test]
fn a_receiver_that_never_answers_costs_others_nothing() {
    let watches = number("FIELDPROOF_WATCHES", 30);
    let (without, with) = (delay(watches, 0, 10), delay(watches, watches / 10, 10));
    println!("{watches} watches: p99 {without} ms, {with} ms with a tenth of them black holes");
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

#[test]
fn secrets_are_found_in_no_file() {
    let server = Server::start_in(folder(), ARGS);
    watch(
        &server,
        &json!({ "to": "http://127.0.0.1:9/", "login": "u:CANARY" }),
    );
    agent(&server, "a");
    let found = |file: PathBuf| {
        let bytes = std::fs::read(file).unwrap_or_default();
        bytes.windows(6).any(|window| window == b"CANARY")
    };
    let files = std::fs::read_dir(&server.data).unwrap().flatten();
    let with: Vec<_> = files
        .map(|one| one.path())
        .filter(|one| found(one.clone()))
        .collect();
    assert_eq!(with, Vec::<PathBuf>::new());
    // The same text in a member that is shown is found there.
    let body = json!({ "mail": "b@x.example", "first": "CANARY", "grade": { "code": "x" } });
    send(&server, "POST", AGENTS, &body.to_string());
    let mut files = std::fs::read_dir(&server.data).unwrap().flatten();
    assert!(files.any(|one| found(one.path())));
}
