//! Notifications match the OpenAPI document, and the parameters of a watch are accepted as far
//! as it says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::send;
use super::deliveries::{ARGS, agent, watch};
use super::document::Document;
use super::receiver::{Receiver, Taken};
use super::server::Server;

/// Asserts that a notification matches the document.
fn notified(document: &Document, name: &str, method: &str, taken: &Taken) {
    let operation = &document.0["webhooks"][name][method];
    assert!(operation.is_object(), "{name} by {method}");
    let mut named = vec![];
    for parameter in operation["parameters"].as_array().unwrap() {
        let field = parameter["name"].as_str().unwrap();
        named.push(field);
        let sent = taken.header(field);
        if sent.is_empty() {
            assert_eq!(parameter["required"], false, "{field}");
            continue;
        }
        let whole = parameter["schema"]["type"] == "integer";
        let value = if whole {
            sent.parse::<u64>().unwrap().into()
        } else {
            json!(sent)
        };
        let found = document.objections(&parameter["schema"], &value);
        assert!(found.is_empty(), "{field}: {found:?}");
    }
    let ours = taken.head.iter().map(|(name, _)| name.as_str());
    let ours = ours.filter(|one| one.starts_with("webhook-") || one.starts_with("x-watch-"));
    for field in ours {
        assert!(named.contains(&field), "{field} is not documented");
    }
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let found = document.objections(schema, &taken.json());
    assert!(found.is_empty(), "{found:#?} in {}", taken.body);
}

#[test]
fn notifications_are_as_the_document_says() {
    let (server, receiver) = (Server::start(ARGS), Receiver::start(0));
    let document = Document::of(&server, "agents");
    let key = send(
        &server,
        "POST",
        "/agency/seals",
        r#"{"name":"k","algorithm":"ed25519"}"#,
    )
    .json();
    let seal = json!({ "on": true, "keys": [key["id"]] });
    let own = watch(
        &server,
        &json!({ "to": receiver.url, "seal": seal, "prior": true, "way": "put" }),
    );
    watch(&server, &json!({ "to": receiver.url }));
    let path = format!("/agency/agents/{}", agent(&server, "a"));
    send(&server, "PUT", &path, "{\"first\":\"Ann\"}");
    send(&server, "DELETE", &path, "");
    send(&server, "POST", &format!("/agency/couriers/{own}/ping"), "");
    let mut seen = BTreeSet::new();
    for taken in &receiver.wait(7, 20) {
        let event = taken.header("x-watch-event");
        let name = if event == "ping" {
            "courierPing"
        } else {
            "courierChange"
        };
        let method = taken.header("").split(' ').next().unwrap().to_lowercase();
        notified(&document, name, &method, taken);
        let signed = !taken.header("webhook-signature").is_empty();
        let before = taken.json().get("previousData").map(Value::is_null);
        seen.insert((event.to_owned(), method, signed, before));
    }
    let one = |event: &str, method: &str, signed, before| {
        (event.to_owned(), method.to_owned(), signed, before)
    };
    let expected = [
        one("created", "post", false, None),
        one("created", "put", true, Some(true)),
        one("deleted", "post", false, None),
        one("deleted", "put", true, Some(false)),
        one("ping", "put", true, Some(true)),
        one("updated", "post", false, None),
        one("updated", "put", true, Some(false)),
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), expected);
    let merged = send(&server, "GET", "/openapi.json", "").json();
    assert!(merged["webhooks"]["agents.courierPing"].is_object());
}

#[test]
fn what_makes_a_key_or_sends_again_is_taken_as_far_as_the_document_says() {
    let server = Server::start(ARGS);
    let document = Document::of(&server, "agents");
    let own = watch(&server, &json!({ "to": "http://127.0.0.1:9/" }));
    let redeliver = "/couriers/{courierId}/redeliver";
    let long = "x".repeat(256);
    let cases = [
        (
            "/seals",
            json!({ "name": "", "algorithm": "ed25519", "more": 1 }),
            true,
        ),
        (
            "/seals",
            json!({ "name": "\0", "algorithm": "ed25519" }),
            false,
        ),
        (
            "/seals",
            json!({ "name": long, "algorithm": "ed25519" }),
            false,
        ),
        ("/seals", json!({ "name": "a", "algorithm": "rsa" }), false),
        (
            "/seals",
            json!({ "name": null, "algorithm": "ed25519" }),
            false,
        ),
        ("/seals", json!([]), false),
        (
            redeliver,
            json!({ "since": "2020-01-01T00:00:00", "more": 1 }),
            true,
        ),
        (
            redeliver,
            json!({ "since": null, "from": 1, "to": 1 }),
            true,
        ),
        (redeliver, json!({ "since": "yesterday" }), false),
        (
            redeliver,
            json!({ "since": "2020-01-01", "from": "1" }),
            false,
        ),
        (
            redeliver,
            json!({ "since": "2020-01-01", "from": 1, "to": 2 }),
            false,
        ),
        (redeliver, json!({ "since": 5, "from": 1, "to": 2 }), false),
        (redeliver, json!({ "from": 1 }), false),
        (redeliver, json!({ "from": -1, "to": 1 }), false),
        (redeliver, json!(1), false),
    ];
    for (path, body, taken) in cases {
        let target = format!("/agency{}", path.replace("{courierId}", &own));
        let answer = send(&server, "POST", &target, &body.to_string());
        assert_eq!(answer.status < 300, taken, "{body}: {answer:?}");
        let schema = document.0["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"].clone();
        let objections = document.objections(&schema, &body);
        let objections: Vec<_> = objections
            .iter()
            .filter(|one| !one.ends_with("documented"))
            .collect();
        assert_eq!(objections.is_empty(), taken, "{body}: {objections:?}");
    }
}
