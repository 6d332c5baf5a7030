//! Pollers that read a list repeatedly, continuing where they stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::client::send;
use super::server::Server;

const DEPOTS: &str = "/depots/v1/depots/";

/// Number of concurrent writers.
const WRITERS: usize = 16;

/// The number of commits; `FIELDPROOF_COMMITS=100000` for the full run.
fn commits() -> usize {
    let given = std::env::var("FIELDPROOF_COMMITS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(1_600)
}

/// Creates and updates objects, each for half of the commits.
fn write(server: &Server, count: usize) -> BTreeMap<u64, String> {
    let mut last = BTreeMap::new();
    for at in 0..count / 2 {
        let made = send(server, "POST", DEPOTS, "{\"name\":\"a\"}").json();
        let number = made["number"].as_str().unwrap().to_owned();
        let body = format!("{{\"gates\":{}}}", 2 + at % 7);
        let changed = send(server, "PATCH", &format!("{DEPOTS}{number}"), &body).json();
        let moment = changed["changed"].as_str().unwrap().to_owned();
        last.insert(number.parse().unwrap(), moment);
    }
    last
}

/// Returns the identifiers in the order in which a poller sees them, continuing after the
/// greatest.
fn follow_ids(server: &Server, writing: &AtomicUsize) -> Vec<u64> {
    let mut seen: Vec<u64> = Vec::new();
    loop {
        let over = writing.load(Ordering::SeqCst) == 0;
        let after = seen.last().copied().unwrap_or_default();
        let page = send(server, "GET", &format!("{DEPOTS}?after={after}"), "").json();
        let numbers = page.as_array().unwrap().iter();
        seen.extend(numbers.map(|one| one["number"].as_str().unwrap().parse::<u64>().unwrap()));
        if over {
            return seen;
        }
    }
}

/// Returns the last version of each object that a poller sees, continuing at the latest time.
fn follow_changes(server: &Server, writing: &AtomicUsize) -> BTreeMap<u64, String> {
    let mut seen = BTreeMap::new();
    let mut since = "2000-01-01".to_owned();
    loop {
        let over = writing.load(Ordering::SeqCst) == 0;
        let page = send(server, "GET", &format!("{DEPOTS}?touched={since}"), "").json();
        for one in page.as_array().unwrap() {
            let moment = one["changed"].as_str().unwrap().to_owned();
            since = since.max(moment.clone());
            seen.insert(one["number"].as_str().unwrap().parse().unwrap(), moment);
        }
        if over {
            return seen;
        }
    }
}

/// A running writer; pollers stop when none is left, even after a panic.
struct Writing<'a>(&'a AtomicUsize);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn pollers_beside_many_writers_miss_nothing() {
    let server = Server::start(&[]);
    let writing = AtomicUsize::new(WRITERS);
    let written = Mutex::new(BTreeMap::new());
    let (ids, changes) = thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let _writing = Writing(&writing);
                let own = write(&server, commits() / WRITERS);
                written.lock().unwrap().extend(own);
            });
        }
        let ids = scope.spawn(|| follow_ids(&server, &writing));
        let changes = scope.spawn(|| follow_changes(&server, &writing));
        (ids.join().unwrap(), changes.join().unwrap())
    });
    let written = written.into_inner().unwrap();
    assert_eq!(written.len(), commits() / WRITERS / 2 * WRITERS);
    let met: BTreeSet<u64> = ids.iter().copied().collect();
    assert_eq!(met.len(), ids.len(), "nothing comes twice");
    let missed = |all: &BTreeSet<u64>| written.keys().filter(|id| !all.contains(id)).count();
    let late = written
        .iter()
        .filter(|(id, moment)| changes.get(id) != Some(moment))
        .count();
    println!(
        "{} commits: missed {} by id, {late} by moment",
        written.len() * 2,
        missed(&met)
    );
    assert_eq!((missed(&met), late), (0, 0));
}
