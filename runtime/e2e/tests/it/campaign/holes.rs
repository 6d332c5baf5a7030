//! Receivers that never respond, among others.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::size;
use crate::client::send;
use crate::deliveries::{AGENTS, ARGS, agent, name, watch};
use crate::receiver::{Receiver, Taken};
use crate::server::Server;

/// The measurements of a run.
struct Run {
    /// Median time from a change to its arrival, in milliseconds.
    half: u128,
    /// 99th percentile of this time, in milliseconds.
    most: u128,
    /// Peak memory of the server, in MiB.
    memory: u64,
}

/// The first arrival of each notification: on a busy machine a response may come too late, and
/// the notification is sent again.
fn first(mut taken: Vec<Taken>) -> Vec<Taken> {
    let mut seen = BTreeSet::new();
    taken.retain(|one| seen.insert(one.header("webhook-id").to_owned()));
    taken
}

fn run(watches: usize, holes: usize, changes: usize) -> Run {
    let server = Server::start(ARGS);
    let good = Receiver::start(0);
    // Listens but never accepts a connection.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
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
        let (path, body) = (format!("{AGENTS}/{id}"), json!({ "first": first }));
        send(&server, "PUT", &path, &body.to_string());
        // A lower rate than the server can send, so that notifications do not queue up behind
        // each other.
        thread::sleep(Duration::from_millis(100 + 3 * watches as u64));
    }
    let expected = (watches - holes) * (changes + 1);
    let end = Instant::now() + Duration::from_secs(120);
    let mut taken = first(good.taken());
    while taken.len() < expected && Instant::now() < end {
        thread::sleep(Duration::from_millis(200));
        taken = first(good.taken());
    }
    assert_eq!(taken.len(), expected);
    let after = |one: &Taken| Some(one.at.duration_since(*sent.get(&name(one))?).as_millis());
    let mut delays: Vec<u128> = taken.iter().filter_map(after).collect();
    delays.sort_unstable();
    Run {
        half: delays[delays.len() / 2],
        most: delays[delays.len() * 99 / 100],
        memory: server.peak_memory(),
    }
}

#[test]
fn receivers_that_never_answer_keep_nothing_from_others() {
    let watches = size("FIELDPROOF_WATCHES", 30);
    for holes in [0, watches / 10] {
        let Run { half, most, memory } = run(watches, holes, 10);
        println!(
            "{watches} watches, {holes} of them black holes: median {half} ms, p99 {most} ms, at most {memory} MiB"
        );
    }
}
