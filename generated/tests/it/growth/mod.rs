//! Whatever a request can have more of is doubled: the work at most doubles,
//! the answer stays short, and nothing ends in a defect. What there can be more
//! of is read from the OpenAPI document that the server shows.
//!
//! Small here; `FIELDPROOF_GROWTH=full` goes to the longest body there is.

mod client;
mod places;
mod server;

use serde_json::Value;

use self::client::Ask;
use self::places::{Growth, growths};
use self::server::Server;

/// Longest answer that refuses, in bytes.
const ANSWER: usize = 64 << 10;

/// What the server may take in memory for one request.
const MEMORY: u64 = 64 << 20;

/// Longest body, and the work below which growth is not looked at, in
/// nanoseconds of the processor.
fn size() -> (usize, u64) {
    match std::env::var("FIELDPROOF_GROWTH").as_deref() {
        Ok("full") => (1 << 20, 400_000_000),
        _ => (64 << 10, 60_000_000),
    }
}

/// What is wrong with how the server answers one request.
fn judge(server: &Server, ask: &Ask) -> Option<String> {
    server.forget_peak();
    let before = server.memory().now;
    let answer = match server.ask(ask) {
        Ok(answer) => answer,
        Err(error) => return Some(format!("no answer: {error}")),
    };
    let taken = server.memory().peak.saturating_sub(before);
    match (answer.status, answer.length) {
        (status, _) if status >= 500 => Some(format!("is answered with {status}")),
        (status, length) if status >= 400 && length > ANSWER => {
            Some(format!("is refused in {length} bytes"))
        }
        _ if taken > MEMORY => Some(format!("takes {} MiB", taken >> 20)),
        _ => None,
    }
}

/// The least work of some runs.
fn work(server: &Server, ask: &Ask) -> u64 {
    let run = |_| {
        let before = server.worked();
        let _ = server.ask(ask);
        server.worked().saturating_sub(before)
    };
    (0..3).map(run).min().unwrap_or_default()
}

/// What is wrong with how the work grows with the request.
fn grows(server: &Server, growth: &Growth, size: usize, floor: u64) -> Option<String> {
    let longest = growth.ask(size);
    let found = judge(server, &longest);
    if found.is_some() {
        return found;
    }
    let whole = work(server, &longest);
    if whole < floor {
        return None;
    }
    let quarter = work(server, &growth.ask(size / 4));
    // Two doublings, each of which may take 2.2 times the work.
    let most = quarter as f64 * 2.2 * 2.2;
    (whole as f64 > most).then(|| {
        format!(
            "takes {} ms, a quarter of it {} ms",
            whole / 1_000_000,
            quarter / 1_000_000
        )
    })
}

#[test]
fn twice_as_much_is_at_most_twice_the_work() {
    let server = Server::start();
    let (size, floor) = size();
    let document: Value = server.document();
    let all = growths(&document);
    assert!(all.len() > 100, "{}", all.len());
    let found: Vec<String> = all
        .iter()
        .filter_map(|growth| {
            let why = grows(&server, growth, size, floor)?;
            Some(format!("{growth}: {why}"))
        })
        .collect();
    assert!(
        found.is_empty(),
        "{} of {}: {found:#?}",
        found.len(),
        all.len()
    );
}

#[test]
fn many_passwords_at_once_take_little_memory() {
    let server = Server::start();
    let ask = |at: usize| Ask {
        method: "POST".to_owned(),
        path: "/api/2.0/resellers/accounts".to_owned(),
        header: None,
        body: Some(format!(
            r#"{{"email":"a{at}@b.c","profile":{{"id":"1"}},"password":"12345678"}}"#
        )),
    };
    let (threads, before) = (64, server.memory().now);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = |at| {
            let server = &server;
            scope.spawn(move || server.ask(&ask(at)).map_or(0, |answer| answer.status))
        };
        let all: Vec<_> = (0..threads).map(one).collect();
        all.into_iter().filter_map(|one| one.join().ok()).collect()
    });
    // On a busy machine some wait for longer than an answer may take.
    let told = |status: &&u16| matches!(**status, 201 | 408);
    assert_eq!(
        statuses.iter().filter(told).count(),
        threads,
        "{statuses:?}"
    );
    assert!(statuses.contains(&201));
    let taken = server.memory().peak - before;
    assert!(taken < 256 << 20, "{} MiB", taken >> 20);
}
