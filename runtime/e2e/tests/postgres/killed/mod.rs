//! Servers that are killed and stopped under a mixed load: what was answered is kept, whole and
//! once, and every change is told to its watch and nothing else.
//!
//! `FIELDPROOF_KILLS=1000 cargo test --release -p fieldproof-e2e --test postgres survives --
//! --nocapture` is the whole campaign.

mod client;
mod poller;
pub(super) mod repeats;
mod servers;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use serde_json::json;

use self::client::{AGENTS, Client, DEPOTS};
use self::servers::{Data, Servers};
use super::cluster::Place;
use super::receiver::Receiver;

/// Clients that write at the same time.
const CLIENTS: usize = 32;

/// Time between two kills.
const EVERY: Duration = Duration::from_millis(400);

/// How often a server is killed.
fn kills() -> usize {
    let given = std::env::var("FIELDPROOF_KILLS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(6)
}

/// Whether clients go on, and how many have ended.
#[derive(Default)]
struct Course {
    over: AtomicBool,
    ended: AtomicUsize,
}

/// A client that is not done; the poller waits for none, even after a panic.
struct End<'c>(&'c Course);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::SeqCst);
    }
}

/// Three servers over one database.
pub(super) fn shared(place: Place) {
    survives(&Data::Shared(place.url()), 3);
}

/// One server over a folder.
pub(super) fn alone() {
    survives(&Data::Own(super::server::folder()), 1);
}

fn survives(data: &Data, count: usize) {
    let (receiver, course) = (Receiver::start(0), Course::default());
    let servers = Servers::start(data, count);
    let watch = json!({ "to": receiver.url, "login": "u:p", "head": {} });
    let (status, made) = servers.insist("POST", &format!("{AGENTS}/courier"), "", &watch);
    assert_eq!(status, 201, "{made}");
    let (clients, seen) = thread::scope(|scope| {
        let client = |number| {
            let (servers, course) = (&servers, &course);
            scope.spawn(move || {
                let _end = End(course);
                let mut client = Client::new(servers, number);
                while !course.over.load(Ordering::SeqCst) {
                    client.step();
                }
                client.history()
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        let poller = scope.spawn(|| poller::follow(&servers, &course));
        for kill in 0..kills() {
            sleep(EVERY);
            // Leases of a server that stands still for a while are lost to the others.
            if count > 1 && kill % 4 == 3 {
                servers.suspend(kill, Duration::from_millis(1_500));
            }
            servers.kill(kill);
        }
        sleep(EVERY);
        course.over.store(true, Ordering::SeqCst);
        let clients: Vec<_> = clients.into_iter().map(|one| one.join().unwrap()).collect();
        (clients, poller.join().unwrap())
    });

    let depots: Vec<u64> = clients.iter().flat_map(|one| one.depots.clone()).collect();
    let distinct: BTreeSet<u64> = depots.iter().copied().collect();
    assert_eq!(
        distinct.len(),
        depots.len(),
        "an identifier was given twice"
    );
    assert_eq!(distinct, seen, "what was answered, and what a poller saw");
    let total = servers
        .read(DEPOTS)
        .header("x-total-count")
        .map(str::to_owned);
    assert_eq!(total, Some(depots.len().to_string()));
    let mut lost = Vec::new();
    for (path, first) in clients.iter().flat_map(|one| &one.agents) {
        let read = servers.read(path);
        let kept = match first {
            Some(first) => read.status == 200 && read.json()["first"] == **first,
            None => read.status == 404,
        };
        if !kept {
            lost.push(format!("{path} {first:?}: {} {}", read.status, read.body));
        }
    }
    assert!(
        lost.is_empty(),
        "{} are not as answered: {lost:?}",
        lost.len()
    );
    let changes: usize = clients.iter().map(|one| one.told.len()).sum();
    let untold = told(
        &receiver,
        &clients.iter().flat_map(|one| &one.told).cloned().collect(),
    );
    let times = servers.times();
    println!(
        "{data}: {} kills, {} writes of {CLIENTS} clients, {changes} changes to tell, {untold} \
         untold; ready again after {:.0?} (median), {:.0?} (99 of 100), {:.0?} (longest)",
        kills(),
        clients.iter().map(|one| one.writes).sum::<usize>(),
        times[times.len() / 2],
        times[times.len() * 99 / 100],
        times[times.len() - 1],
    );
    assert_eq!(untold, 0);
    let asked: usize = clients.iter().map(|one| one.writes).sum();
    assert!(asked > 10 * kills(), "{asked} writes");
}

/// How many of the changes were never told, when none has been for two minutes. What a killed
/// server was sending is sent by another one when its lease has ended; one watch is told of one
/// change after the other, so that many take their time.
fn told(receiver: &Receiver, changes: &BTreeSet<String>) -> usize {
    let (mut missing, mut still) = (changes.len(), 0);
    while still < 240 {
        let heard: BTreeSet<String> = receiver.taken().iter().map(client::change).collect();
        let false_ones: Vec<&String> = heard.difference(changes).collect();
        assert!(
            false_ones.is_empty(),
            "told, and never happened: {false_ones:?}"
        );
        let left = changes.difference(&heard).count();
        if left == 0 {
            return 0;
        }
        still = if left < missing { 0 } else { still + 1 };
        missing = left;
        sleep(Duration::from_millis(500));
    }
    missing
}
