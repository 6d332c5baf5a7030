//! Creates whose answers get lost are sent again under their key, while the server is killed
//! repeatedly: each makes one object.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::mortal::Mortal;
use super::size;
use crate::client::send;
use crate::server::{Server, TOKEN};

const DEPOTS: &str = "/depots/v1/depots/";

/// Number of clients.
const CLIENTS: usize = 8;

/// Sends a create; returns the status, unless the answer is to be lost, or is.
fn create(address: &str, name: &str, key: &str, listens: bool) -> Option<u16> {
    let body = format!(r#"{{"name":"{name}"}}"#);
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .ok()?;
    let length = body.len();
    let request = format!(
        "POST {DEPOTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\n{key}connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    if !listens {
        return None;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    // A killed server's port may belong to somebody else, who makes no depots.
    let own = answer.to_ascii_lowercase().contains("\nlocation:") || answer.contains("/problems/");
    let status = answer.split(' ').nth(1)?.parse().ok();
    status.filter(|_| own)
}

/// Sends a create until it is answered; its first answers are lost. Returns how often it was
/// sent.
fn insist(mortal: &Mortal, number: usize, keyed: bool) -> usize {
    let name = format!("n{number}");
    let key = match keyed {
        true => format!("idempotency-key: k-{number}\r\n"),
        false => String::new(),
    };
    let end = Instant::now() + Duration::from_secs(120);
    for tries in 1.. {
        let listens = tries > number % 3;
        if let Some(status) = create(&mortal.address(), &name, &key, listens) {
            match status {
                201 => return tries,
                // The same create has not been answered yet, or the server is busy or stops.
                409 | 503 => {}
                other => panic!("{other} for {name}"),
            }
        }
        assert!(Instant::now() < end, "no answer for {name}");
        thread::sleep(Duration::from_millis(2));
    }
    unreachable!("a create is sent until it is answered")
}

/// Makes `creates` objects under kills; returns how many there are, and how many requests and
/// kills there were.
fn campaign(creates: usize, keyed: bool) -> (usize, usize, usize) {
    let mortal = Mortal::new(Server::start(&[]));
    let (next, sent) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut kills = 0;
    thread::scope(|scope| {
        let client = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= creates {
                    return;
                }
                sent.fetch_add(insist(&mortal, number, keyed), Ordering::Relaxed);
            }
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        while clients.iter().any(|one| !one.is_finished()) {
            thread::sleep(Duration::from_millis(400));
            mortal.kill();
            kills += 1;
        }
    });
    let server = mortal.into_server();
    let all = send(&server, "GET", DEPOTS, "");
    let made = all.header("x-total-count").unwrap().parse().unwrap();
    (made, sent.into_inner(), kills)
}

#[test]
fn each_create_with_a_key_makes_one_object_though_answers_get_lost_and_the_server_is_killed() {
    let creates = size("FIELDPROOF_REPEATS", 300);
    let (made, sent, kills) = campaign(creates, true);
    println!("{creates} creates, sent {sent} times, {kills} kills: {made} objects");
    assert_eq!(made, creates);
}

/// The control: without keys the same campaign makes too many.
#[test]
fn without_a_key_a_lost_answer_makes_another_object() {
    let (made, ..) = campaign(60, false);
    assert!(made > 60, "{made}");
}
