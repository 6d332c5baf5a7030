//! Servers that are killed under load.

use std::collections::BTreeSet;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use serde_json::json;

use super::client::{self, Answer, request, send};
use super::cluster::Place;
use super::receiver::Receiver;
use super::server::{Server, TOKEN};
use super::shared::server;

const DEPOTS: &str = "/depots/v1/depots/";
const AGENTS: &str = "/agency/agents";
const ARGS: &[&str] = &[
    "--allow-private-webhooks",
    "127.0.0.0/8",
    "--webhook-time-out",
    "250ms",
];

const SERVERS: usize = 3;
const WRITERS: usize = 9;

/// How often a server is killed; `FIELDPROOF_KILLS=200` for a long run.
fn kills() -> usize {
    let given = std::env::var("FIELDPROOF_KILLS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(6)
}

/// What clients were told.
#[derive(Default)]
struct Told {
    depots: Mutex<Vec<u64>>,
    agents: Mutex<Vec<String>>,
    over: AtomicBool,
    /// Writers that have ended.
    ended: AtomicUsize,
}

/// Sends a request to whoever listens at an address; there may be nobody.
fn attempt(address: &str, method: &str, target: &str, body: &str) -> Option<Answer> {
    let stream = TcpStream::connect(address).ok()?;
    client::on(stream, request(TOKEN, method, target, body).as_bytes())
}

/// Writes through one server after the other, and notes what was answered.
fn write(addresses: &[Mutex<String>], told: &Told, writer: usize) {
    for at in 0.. {
        if told.over.load(Ordering::SeqCst) {
            told.ended.fetch_add(1, Ordering::SeqCst);
            return;
        }
        let address = addresses[(writer + at) % SERVERS].lock().unwrap().clone();
        if at % 2 == 0 {
            let made = attempt(&address, "POST", DEPOTS, "{\"name\":\"a\"}");
            if let Some(made) = made.filter(|made| made.status == 201) {
                let number = made.json()["number"].as_str().unwrap().parse().unwrap();
                told.depots.lock().unwrap().push(number);
            }
            continue;
        }
        let name = format!("w{writer}-{at}");
        let body =
            json!({ "first": name, "mail": format!("{name}@x.example"), "grade": { "code": "x" } });
        let made = attempt(&address, "POST", AGENTS, &body.to_string());
        if made.is_some_and(|made| made.status == 201) {
            told.agents.lock().unwrap().push(name);
        }
    }
}

/// The numbers that a poller sees who continues behind the greatest.
fn follow(addresses: &[Mutex<String>], told: &Told) -> BTreeSet<u64> {
    let (mut seen, mut at) = (BTreeSet::new(), 0);
    loop {
        let over = told.ended.load(Ordering::SeqCst) == WRITERS;
        at += 1;
        let address = addresses[at % SERVERS].lock().unwrap().clone();
        let after = seen.last().copied().unwrap_or(0_u64);
        let page = attempt(&address, "GET", &format!("{DEPOTS}?after={after}"), "");
        let Some(page) = page.filter(|page| page.status == 200) else {
            continue;
        };
        let page = page.json();
        let numbers = page.as_array().unwrap().iter();
        let before = seen.len();
        seen.extend(numbers.map(|one| one["number"].as_str().unwrap().parse::<u64>().unwrap()));
        if over && seen.len() == before {
            return seen;
        }
    }
}

/// Nothing that was answered is lost, nothing has an identifier twice, a poller sees all of it,
/// and every change is told to its watch.
pub(super) fn survives(place: Place) {
    let (url, receiver, told) = (place.url(), Receiver::start(0), Told::default());
    let start = || server(&url, ARGS);
    let mut servers: Vec<Server> = (0..SERVERS).map(|_| start()).collect();
    let watch = json!({ "to": receiver.url, "login": "u:p", "head": {} });
    let made = send(
        &servers[0],
        "POST",
        "/agency/agents/courier",
        &watch.to_string(),
    );
    assert_eq!(made.status, 201, "{made:?}");
    let addresses: Vec<_> = servers
        .iter()
        .map(|one| Mutex::new(one.address.clone()))
        .collect();
    let seen = thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (addresses, told) = (&addresses, &told);
            scope.spawn(move || write(addresses, told, writer));
        }
        let poller = scope.spawn(|| follow(&addresses, &told));
        for kill in 0..kills() {
            sleep(Duration::from_millis(400));
            let next = start();
            let killed = std::mem::replace(&mut servers[kill % SERVERS], next);
            let data = killed.kill();
            let _ = std::fs::remove_dir_all(data);
            *addresses[kill % SERVERS].lock().unwrap() = servers[kill % SERVERS].address.clone();
        }
        sleep(Duration::from_millis(400));
        told.over.store(true, Ordering::SeqCst);
        poller.join().unwrap()
    });
    let depots = told.depots.into_inner().unwrap();
    let answered: BTreeSet<u64> = depots.iter().copied().collect();
    assert!(answered.len() > 50, "{} writes", answered.len());
    assert_eq!(
        answered.len(),
        depots.len(),
        "an identifier was given twice"
    );
    let missed: Vec<&u64> = answered.difference(&seen).collect();
    assert!(missed.is_empty(), "the poller missed {missed:?}");
    for number in &answered {
        let read = send(&servers[0], "GET", &format!("{DEPOTS}{number}"), "");
        assert_eq!(read.status, 200, "{number} was answered and is lost");
    }
    let agents = told.agents.into_inner().unwrap();
    // What a killed server was sending is sent by another one when its lease has ended.
    let names = || -> BTreeSet<String> {
        let taken = receiver.taken();
        let first = taken
            .iter()
            .map(|one| one.json()["first"].as_str().unwrap_or("").to_owned());
        first.collect()
    };
    for _ in 0..120 {
        if agents.iter().all(|name| names().contains(name)) {
            return;
        }
        sleep(Duration::from_millis(500));
    }
    let names = names();
    let untold: Vec<_> = agents
        .iter()
        .filter(|name| !names.contains(*name))
        .collect();
    panic!(
        "of {} changes {} were never told: {untold:?}",
        agents.len(),
        untold.len()
    );
}
