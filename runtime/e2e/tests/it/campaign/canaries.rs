//! Secrets, and the places where they must not appear.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::send;
use crate::deliveries::{AGENTS, ARGS, agent, watch};
use crate::measures::metrics;
use crate::receiver::Receiver;
use crate::server::{Server, folder};

/// The response of a token server: an access token and a new refresh token.
const GRANTED: &str = r#"{"access_token":"CANARY-granted","token_type":"Bearer","expires_in":3600,"refresh_token":"CANARY-rotated"}"#;

/// Credentials that are sent in another form.
const GIVEN: [&str; 2] = ["CANARY-login", "CANARY-word"];

/// Secrets as they are sent: the credentials in base64 with a name, the others unchanged.
const SENT: [&str; 5] = [
    "Q0FOQVJZLWxvZ2lu",
    "Q0FOQVJZLXdvcmQ",
    "CANARY-stock",
    "CANARY-granted",
    "CANARY-rotated",
];

/// Prepares a server with watches of every kind, for all of which deliveries were attempted.
fn settled(server: &Server, tokens: &Receiver, receiver: &Receiver) -> (Vec<String>, String) {
    let made = json!({ "name": "one", "algorithm": "hmac-sha256" }).to_string();
    let key = send(server, "POST", "/agency/seals", &made).json();
    let secret = key["secret"].as_str().unwrap().to_owned();
    let seal = json!({ "on": true, "keys": [key["id"]] });
    let grant = |more: Value| {
        let mut grant = json!({ "from": tokens.url, "who": "me" });
        let own = grant.as_object_mut().unwrap();
        own.extend(more.as_object().unwrap().clone());
        grant
    };
    let all = [
        json!({ "login": "us:CANARY-login" }),
        json!({ "grant": grant(json!({ "kind": "refresh_token", "stock": "CANARY-stock", "word": "CANARY-word" })) }),
        json!({ "grant": grant(json!({ "kind": "client_credentials", "word": "CANARY-word" })) }),
    ];
    let mut paths = Vec::new();
    for mut one in all {
        one["to"] = json!(receiver.url);
        one["seal"] = seal.clone();
        paths.push(format!("/agency/couriers/{}", watch(server, &one)));
    }
    agent(server, "a");
    let end = Instant::now() + Duration::from_secs(60);
    let tried = |path: &String| {
        let found = send(server, "GET", &format!("{path}/requests"), "").json();
        found["items"].as_array().is_some_and(|all| all.len() > 1)
    };
    while !paths.iter().all(tried) {
        assert!(Instant::now() < end, "some watch is never tried");
        thread::sleep(Duration::from_millis(20));
    }
    (paths, secret)
}

/// Everything that the server returns about watches, including errors.
fn answers(server: &Server, paths: &[String]) -> Vec<(String, String)> {
    let mut told = vec![("/metrics".to_owned(), metrics(server))];
    let mut ask = |method: &str, path: &str, body: &str| {
        let answer = send(server, method, path, body);
        told.push((format!("{method} {path}"), format!("{answer:?}")));
        answer
    };
    for path in ["/agency/couriers", "/agency/seals"] {
        ask("GET", path, "");
    }
    for path in paths {
        for rest in ["", "/health", "/requests"] {
            let found = ask("GET", &format!("{path}{rest}"), "").json();
            let first = found["items"][0]["id"].as_str().unwrap_or_default();
            ask("GET", &format!("{path}/requests/{first}"), "");
        }
        ask("PUT", path, r#"{"way":"put"}"#);
        ask(
            "PUT",
            path,
            r#"{"way":1,"login":{"name":1,"word":"CANARY-login"}}"#,
        );
        ask(
            "PUT",
            path,
            r#"{"grant":{"word":"CANARY-word","stock":["CANARY-stock"]}}"#,
        );
    }
    told
}

fn find(hits: &mut Vec<String>, place: &str, bytes: &[u8], canaries: &[&str]) {
    for canary in canaries {
        let same = |window: &[u8]| window == canary.as_bytes();
        if bytes.windows(canary.len()).any(same) {
            hits.push(format!("{canary} in {place}"));
        }
    }
}

fn find_in_files(hits: &mut Vec<String>, data: &Path, canaries: &[&str]) {
    for file in fs::read_dir(data).unwrap().flatten() {
        let bytes = fs::read(file.path()).unwrap_or_default();
        let name = file.file_name();
        find(hits, &name.to_string_lossy(), &bytes, canaries);
    }
}

#[test]
fn secrets_are_found_nowhere() {
    let (tokens, receiver) = (Receiver::saying(GRANTED), Receiver::echo());
    let log = folder().with_extension("log");
    let server = Server::start_saying_all(folder(), ARGS, &log);
    let (paths, secret) = settled(&server, &tokens, &receiver);
    // The secrets were used: those who should receive them did.
    let sent = format!("{:?} {:?}", tokens.taken(), receiver.taken());
    for canary in SENT {
        assert!(sent.contains(canary), "{canary} was never sent");
    }
    let canaries = [
        &GIVEN[..],
        &SENT[..],
        &[secret.trim_start_matches("whsec_")],
    ]
    .concat();
    let mut hits = Vec::new();
    for (place, text) in answers(&server, &paths) {
        find(&mut hits, &place, text.as_bytes(), &canaries);
    }
    // One that some clients see is only not stored as it is.
    let agent = json!({ "mail": "c@x.example", "grade": { "code": "x" } }).to_string();
    let agent = send(&server, "POST", AGENTS, &agent).json();
    let canaries = [&canaries[..], &[agent["pass"].as_str().unwrap()]].concat();
    find_in_files(&mut hits, &server.data, &canaries);
    find(&mut hits, "the log", &fs::read(&log).unwrap(), &canaries);
    println!("{} secrets, {} hits", canaries.len(), hits.len());
    assert_eq!(hits, Vec::<String>::new());
    // Public data are found where they are stored, so the search works.
    let body = json!({ "mail": "b@x.example", "first": "CANARY-login", "grade": { "code": "x" } });
    send(&server, "POST", AGENTS, &body.to_string());
    find_in_files(&mut hits, &server.data, &canaries);
    assert_ne!(hits.len(), 0);
    fs::remove_file(log).unwrap();
}
