//! Creates whose answers get lost are sent again under their key, while servers are killed: each
//! makes one object.
//!
//! `FIELDPROOF_REPEATS=10000 cargo test --release -p fieldproof-e2e --test postgres repeated --
//! --nocapture` is the whole campaign.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use super::super::cluster::Place;
use super::client::DEPOTS;
use super::servers::{Data, Servers};

/// Clients that create at the same time.
const CLIENTS: usize = 8;

/// Time between two kills.
const EVERY: Duration = Duration::from_millis(400);

/// How many objects there are to make.
fn creates() -> usize {
    let given = std::env::var("FIELDPROOF_REPEATS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(300)
}

/// Three servers over one database.
pub(in super::super) fn shared(place: Place) {
    once(&Data::Shared(place.url()), 3);
}

/// One server over a folder.
pub(in super::super) fn alone() {
    once(&Data::Own(super::super::server::folder()), 1);
}

/// The control: without keys the same campaign makes too many.
pub(in super::super) fn unkeyed() {
    let data = Data::Own(super::super::server::folder());
    let (made, ..) = campaign(&data, 1, 60, false);
    assert!(made > 60, "{made}");
}

fn once(data: &Data, count: usize) {
    let creates = creates();
    let (made, sent, kills) = campaign(data, count, creates, true);
    println!("{data}: {creates} creates, sent {sent} times, {kills} kills: {made} objects");
    assert_eq!(made, creates);
}

/// Makes `creates` objects under kills; returns how many there are, and how many requests and
/// kills there were.
fn campaign(data: &Data, count: usize, creates: usize, keyed: bool) -> (usize, usize, usize) {
    let servers = Servers::start(data, count);
    let (next, sent) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut kills = 0;
    thread::scope(|scope| {
        let client = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= creates {
                    return;
                }
                sent.fetch_add(insist(&servers, number, keyed), Ordering::Relaxed);
            }
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        while clients.iter().any(|one| !one.is_finished()) {
            sleep(EVERY);
            servers.kill(kills);
            kills += 1;
        }
    });
    let all = servers.read(DEPOTS);
    let made = all.header("x-total-count").unwrap().parse().unwrap();
    (made, sent.into_inner(), kills)
}

/// Sends a create until it is answered; its first answers are lost. Returns how often it was
/// sent.
fn insist(servers: &Servers<'_>, number: usize, keyed: bool) -> usize {
    let body = format!(r#"{{"name":"n{number}"}}"#);
    let head = match keyed {
        true => format!("idempotency-key: k-{number}\r\n"),
        false => String::new(),
    };
    let end = Instant::now() + Duration::from_secs(120);
    for tries in 1.. {
        match tries > number % 3 {
            false => servers.abandon("POST", DEPOTS, &head, &body),
            true => match servers.send("POST", DEPOTS, &head, &body) {
                Some(answer) if answer.status == 201 => return tries,
                // The same create has not been answered yet, or the server is busy or stops.
                Some(answer) if [409, 503].contains(&answer.status) => {}
                Some(answer) => panic!("{} for n{number}: {}", answer.status, answer.body),
                None => {}
            },
        }
        assert!(Instant::now() < end, "no answer for n{number}");
        sleep(Duration::from_millis(2));
    }
    unreachable!("a create is sent until it is answered")
}
