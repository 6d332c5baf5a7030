//! The metrics for operators.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{raw, send};
use super::deliveries::{ARGS, agent, watch};
use super::receiver::Receiver;
use super::server::Server;

/// Reads `/metrics` without a token.
pub(crate) fn metrics(server: &Server) -> String {
    let request = b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = raw(server, request).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let kind = answer.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    assert!(answer.body.ends_with("# EOF\n"), "{answer:?}");
    answer.body
}

/// The value of a metric.
fn value(text: &str, name: &str) -> f64 {
    let line = text.lines().find(|line| line.starts_with(name));
    let found = line.and_then(|line| line.rsplit_once(' ')?.1.parse().ok());
    found.unwrap_or_else(|| panic!("no {name} in {text}"))
}

/// The number of open deliveries, including those of disabled watches.
pub(crate) fn backlog(text: &str) -> u64 {
    (value(text, SERVED) + value(text, HELD)) as u64
}

/// Reads the metrics until a value is as expected.
fn until(server: &Server, name: &str, wanted: f64) -> String {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let text = metrics(server);
        if value(&text, name) == wanted {
            return text;
        }
        assert!(Instant::now() < end, "{name} is never {wanted}: {text}");
        thread::sleep(Duration::from_millis(20));
    }
}

const SERVED: &str = "fieldproof_deliveries_open{watch=\"served\"}";
const HELD: &str = "fieldproof_deliveries_open{watch=\"disabled\"}";
const AGE: &str = "fieldproof_deliveries_oldest_seconds";

fn attempts(outcome: &str) -> String {
    format!("fieldproof_delivery_attempts_total{{outcome=\"{outcome}\"}}")
}

#[test]
fn requests_are_counted_by_method_and_class() {
    let server = Server::start(&[]);
    let counted = |method: &str, status: &str| {
        let labels = format!("{{method=\"{method}\",status=\"{status}\"}}");
        value(
            &metrics(&server),
            &format!("fieldproof_requests_total{labels}"),
        )
    };
    send(&server, "POST", "/library/shelves", "{\"label\":\"ab\"}");
    send(&server, "POST", "/library/shelves", "{\"label\":1}");
    send(&server, "POST", "/library/shelves", "{\"label\":2}");
    send(&server, "BREW", "/library/shelves", "");
    assert_eq!((counted("POST", "2xx"), counted("POST", "4xx")), (1.0, 2.0));
    assert_eq!(counted("other", "4xx"), 1.0);
    // The two requests before this one have been counted by now.
    assert!(counted("GET", "2xx") >= 2.0);
}

#[test]
fn the_backlog_is_known_and_how_attempts_ended() {
    let (server, receiver) = (Server::start(ARGS), Receiver::start(0));
    let silent = Receiver::silent(usize::MAX);
    let own = watch(&server, &json!({ "to": receiver.url }));
    let text = metrics(&server);
    assert_eq!((value(&text, SERVED), value(&text, AGE)), (0.0, 0.0));
    agent(&server, "a");
    let text = until(&server, &attempts("delivered"), 1.0);
    assert_eq!((value(&text, SERVED), value(&text, AGE)), (0.0, 0.0));
    let mute = watch(&server, &json!({ "to": silent.url }));
    agent(&server, "b");
    until(&server, &attempts("delivered"), 2.0);
    // An attempt is counted before its delivery is settled.
    let text = until(&server, SERVED, 1.0);
    assert!(value(&text, AGE) > 0.0, "{text}");
    // All its attempts fail; after the last one it is dead.
    let text = until(&server, &attempts("dead"), 1.0);
    assert_eq!(value(&text, &attempts("retrying")), 12.0);
    assert_eq!((value(&text, SERVED), value(&text, HELD)), (0.0, 0.0));
    for path in [own, mute] {
        send(&server, "DELETE", &format!("/agency/couriers/{path}"), "");
    }
    let gone = Receiver::gone();
    watch(&server, &json!({ "to": gone.url }));
    agent(&server, "c");
    agent(&server, "d");
    let text = until(&server, HELD, 2.0);
    assert_eq!((value(&text, SERVED), value(&text, AGE)), (0.0, 0.0));
    for private in [&receiver.url, &silent.url, "couriers", "default", "agents"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
}
