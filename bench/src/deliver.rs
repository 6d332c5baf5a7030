//! Sends queued notifications to a fast receiver, and compares the rate with a bare loop that
//! posts the same bodies with the same client and concurrency, in one run.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use fieldproof_runtime::watch::client::{Client, KEPT, Request, Settings};
use fieldproof_runtime::watch::guard::Guard;
use serde_json::Value;

use crate::load::Connection;
use crate::median;
use crate::receiver::{Receiver, Taken};
use crate::server::{Role, Server};
use crate::workload::Request as Asked;

/// Number of notifications in one round.
const DELIVERIES: usize = 2_000;

/// Number of rounds, in which both take turns.
const ROUNDS: usize = 5;

/// Number of concurrent requests, the default for a watch.
const SLOTS: usize = 8;

/// Number of connections that make what there is to tell.
const CONNECTIONS: usize = 8;

#[allow(clippy::print_stdout, reason = "a measurement is printed")]
pub(crate) fn measure() {
    let server = Server::start(Role::Generated, None, None, 1);
    let receiver = Receiver::start();
    // Idle connections are closed, so each request has its own.
    let send = |method: &'static str, target: &str, body: &str| {
        Connection::open(address(&server)).ask(&asked(method, target, body))
    };
    let watch = format!(r#"{{"address":"{}"}}"#, receiver.url);
    let made = send("POST", "/api/2.0/resellers/accounts/watch", &watch);
    let made: Value = serde_json::from_str(&made).expect("a watch");
    let watch = format!("/api/2.0/watchers/{}", made["id"].as_str().expect("its id"));
    let mut rates = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        pause(send, &watch);
        fill(&server, round);
        receiver.clear();
        send("POST", &format!("{watch}/resume"), "{}");
        let (taken, rate) = receiver.wait(DELIVERIES);
        rates[0].push(rate);
        receiver.clear();
        post(&receiver.url, &taken);
        rates[1].push(receiver.wait(DELIVERIES).1);
    }
    let [own, bare] = rates.map(median);
    println!("{DELIVERIES} notifications, {SLOTS} at a time, median of {ROUNDS} rounds each");
    println!(
        "{:<16} {:>16} {:>8}",
        "deliveries (/s)", "bare loop (/s)", "ratio"
    );
    println!("{own:<16.0} {bare:>16.0} {:>8.2}", own / bare);
}

/// Disables the watch by a ping that the receiver refuses: later notifications are queued.
fn pause(send: impl Fn(&'static str, &str, &str) -> String, watch: &str) {
    send("POST", &format!("{watch}/ping"), "{}");
    let disabled = "\"state\":\"disabled\"";
    while !send("GET", &format!("{watch}/health"), "").contains(disabled) {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Where the one process of a server listens.
fn address(server: &Server) -> &str {
    server.addresses().next().expect("a process")
}

fn asked(method: &'static str, target: &str, body: &str) -> Asked {
    Asked {
        method,
        target: target.to_owned(),
        body: body.to_owned(),
    }
}

/// Creates an account for each notification.
fn fill(server: &Server, round: usize) {
    std::thread::scope(|scope| {
        for worker in 0..CONNECTIONS {
            scope.spawn(move || {
                let mut connection = Connection::open(address(server));
                for at in (worker..DELIVERIES).step_by(CONNECTIONS) {
                    let body = format!(
                        r#"{{"email":"r{round}n{at}@x.example","firstName":"Given{at}","profile":{{"id":"1"}}}}"#
                    );
                    connection.ask(&asked("POST", "/api/2.0/resellers/accounts", &body));
                }
            });
        }
    });
}

/// Posts the received notifications again in a bare loop.
fn post(url: &str, taken: &[Taken]) {
    let threads = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("threads");
    let allow = vec!["127.0.0.0/8".parse().expect("loopback")];
    let client = Client::new(Settings::new(Guard::new(allow, Vec::new()))).expect("a client");
    let requests: Arc<Vec<Request>> = Arc::new(taken.iter().map(|one| again(url, one)).collect());
    let next = Arc::new(AtomicUsize::new(0));
    threads.block_on(async {
        let loops = (0..SLOTS).map(|_| {
            let (client, requests) = (client.clone(), Arc::clone(&requests));
            let next = Arc::clone(&next);
            tokio::spawn(async move {
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    client.send(request).await.expect("an answer");
                }
            })
        });
        for one in loops.collect::<Vec<_>>() {
            one.await.expect("a loop that ends");
        }
    });
}

fn again(url: &str, taken: &Taken) -> Request {
    let mut headers = HeaderMap::new();
    for (name, value) in &taken.head {
        let name: HeaderName = name.parse().expect("a name");
        headers.insert(name, HeaderValue::from_str(value).expect("a value"));
    }
    Request {
        method: Method::POST,
        url: url.to_owned(),
        headers,
        body: taken.body.clone().into(),
        time_out: Duration::from_secs(15),
        keep: KEPT,
        once: false,
    }
}
