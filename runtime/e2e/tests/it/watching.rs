//! Additional operations of a watch: keys, ping, request log and health.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use standardwebhooks::Webhook;

use super::client::{Answer, send, send_as};
use super::deliveries::{ARGS, agent, watch};
use super::receiver::{Receiver, Taken};
use super::server::Server;

const KEYS: &str = "/agency/seals";

fn post(server: &Server, path: &str, body: &Value) -> Answer {
    send(server, "POST", path, &body.to_string())
}

/// Asks until the response is as expected, for at most ten seconds.
fn until(server: &Server, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let found = send(server, "GET", path, "").json();
        if wanted(&found) || Instant::now() > end {
            return found;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Whether an independent verifier accepts the signature.
fn verifies(secret: &str, taken: &Taken) -> bool {
    let mut headers = axum::http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, taken.header(name).parse().unwrap());
    }
    let webhook = Webhook::new(secret).unwrap();
    webhook.verify(taken.body.as_bytes(), &headers).is_ok()
}

#[test]
fn notifications_are_signed_with_each_key_that_is_enabled() {
    let (server, receiver) = (Server::start(ARGS), Receiver::start(0));
    let make = |name: &str, algorithm: &str| {
        let made = post(
            &server,
            KEYS,
            &json!({ "name": name, "algorithm": algorithm }),
        );
        assert_eq!(made.status, 201, "{made:?}");
        made.json()
    };
    let (old, new, pair) = (
        make("old", "hmac-sha256"),
        make("new", "hmac-sha256"),
        make("pair", "ed25519"),
    );
    assert!(
        pair.get("secret").is_none() && pair["publicKey"].is_string(),
        "{pair}"
    );
    let id = |key: &Value| key["id"].as_str().unwrap().to_owned();
    let secret = |key: &Value| key["secret"].as_str().unwrap().to_owned();
    let seal = json!({ "on": true, "keys": [id(&old), id(&new), id(&pair)] });
    let own = watch(&server, &json!({ "to": receiver.url, "seal": seal }));
    let ping = format!("/agency/couriers/{own}/ping");
    assert_eq!(post(&server, &ping, &json!({})).status, 202);
    let first = receiver.wait(1, 10)[0].clone();
    assert_eq!(first.header("x-watch-event"), "ping");
    let signatures = first.header("webhook-signature").to_owned();
    let versions: Vec<_> = signatures
        .split(' ')
        .filter_map(|one| one.split(',').next())
        .collect();
    assert_eq!(versions, ["v1", "v1", "v1a"]);
    assert!(verifies(&secret(&old), &first) && verifies(&secret(&new), &first));
    let mut other = first.clone();
    other.body.push(' ');
    assert!(!verifies(&secret(&old), &other));
    // A key is shown without its secret, only to its tenant, and can be disabled.
    let path = format!("{KEYS}/{}", id(&old));
    let shown = send(&server, "GET", &path, "");
    assert!(
        shown.status == 200 && !shown.body.contains("whsec_"),
        "{shown:?}"
    );
    let token = server.run(
        &["token", "create", "--tenant", "other", "--scope", "agents"],
        "",
    );
    let token = String::from_utf8(token.stdout).unwrap();
    assert_eq!(send_as(&server, token.trim(), "GET", &path, "").status, 404);
    assert_eq!(send(&server, "DELETE", &path, "").status, 204);
    let listed = send(&server, "GET", KEYS, "").json();
    let statuses: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(statuses, ["disabled", "enabled", "enabled"]);
    post(&server, &ping, &json!({}));
    let second = receiver.wait(2, 10)[1].clone();
    assert!(!verifies(&secret(&old), &second) && verifies(&secret(&new), &second));
    for bad in [json!({}), json!({ "name": 1, "algorithm": "rsa" })] {
        let refused = post(&server, KEYS, &bad);
        assert_eq!(
            refused.json()["errors"].as_array().map(Vec::len),
            Some(2),
            "{refused:?}"
        );
    }
}

#[test]
fn what_failed_is_found_in_the_record_and_sent_again() {
    let (server, receiver) = (
        Server::start(&[
            "--allow-private-webhooks",
            "127.0.0.0/8",
            "--webhook-schedule",
            "20ms",
        ]),
        Receiver::start(0),
    );
    let own = watch(
        &server,
        &json!({ "to": "http://127.0.0.1:9/", "login": "u:CANARY" }),
    );
    let path = format!("/agency/couriers/{own}");
    let id = agent(&server, "a");
    let dead = until(&server, &format!("{path}/requests?outcome=dead"), |found| {
        found["items"]
            .as_array()
            .is_some_and(|items| !items.is_empty())
    });
    let last = &dead["items"][0];
    assert_eq!(
        (&last["attempt"], &last["event"], &last["resourceId"]),
        (&json!(2), &json!("created"), &json!(id))
    );
    assert!(
        last["error"].is_string() && last["status"].is_null(),
        "{last}"
    );
    assert_eq!(last["headers"]["authorization"], "not shown");
    assert!(!dead.to_string().contains("CANARY") && last["body"].as_str().unwrap().contains(&id));
    let all = send(&server, "GET", &format!("{path}/requests?limit=1"), "");
    let next = all
        .header("link")
        .unwrap()
        .split(['<', '>'])
        .nth(1)
        .unwrap()
        .to_owned();
    let rest = send(&server, "GET", &next, "").json();
    assert_eq!(rest["items"][0]["outcome"], "retrying");
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        send(&server, "GET", &format!("{path}/requests?x=1"), "").status,
        400
    );
    let one = format!("{path}/requests/{}", last["id"].as_str().unwrap());
    assert_eq!(&send(&server, "GET", &one, "").json(), last);
    // The URL is corrected; one notification is redelivered, then all since a point in time.
    send(
        &server,
        "PATCH",
        &path,
        &json!({ "to": receiver.url }).to_string(),
    );
    assert_eq!(
        post(&server, &format!("{one}/redeliver"), &json!({})).status,
        202
    );
    let told = receiver.wait(1, 10);
    assert_eq!(
        told[0].header("webhook-id"),
        last["webhookId"].as_str().unwrap()
    );
    let since = json!({ "since": "2020-01-01T00:00:00Z" });
    let again = post(&server, &format!("{path}/redeliver"), &since).json();
    assert_eq!(again["deliveries"], 0, "nothing is dead any more");
    assert_eq!(
        post(&server, &format!("{path}/redeliver"), &json!({})).status,
        422
    );
    let other = format!("/agency/couriers/{}/requests", "0".repeat(24));
    assert_eq!(send(&server, "GET", &other, "").status, 404);
}

#[test]
fn a_receiver_that_wants_nothing_more_is_left_alone_until_it_is_resumed() {
    let (server, receiver) = (Server::start(ARGS), Receiver::gone());
    let own = watch(&server, &json!({ "to": receiver.url }));
    let path = format!("/agency/couriers/{own}");
    agent(&server, "a");
    let health = until(&server, &format!("{path}/health"), |found| {
        found["state"] == "disabled"
    });
    assert_eq!(health["reason"], "answered with 410", "{health}");
    let asked = receiver.asked();
    agent(&server, "b");
    thread::sleep(Duration::from_millis(300));
    assert_eq!(receiver.asked(), asked);
    let resumed = post(&server, &format!("{path}/resume"), &json!({}));
    assert!(
        resumed.status == 202 && resumed.json()["open"].as_u64() > Some(0),
        "{resumed:?}"
    );
    let again = until(&server, &format!("{path}/requests"), |found| {
        found["items"].as_array().map_or(0, Vec::len) > asked
    });
    assert_eq!(again["items"][0]["status"], 410);
    for (method, target) in [("GET", "ping"), ("POST", "health"), ("PUT", "requests")] {
        assert_eq!(
            send(&server, method, &format!("{path}/{target}"), "").status,
            405
        );
    }
}
