//! All additional operations of a watch respond as the OpenAPI document says.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use fieldproof_e2e::agents;
use fieldproof_runtime::service::Routes;
use serde_json::{Value, json};

use super::client::{Answer, raw, send, send_as};
use super::deliveries::{agent, watch};
use super::document::Document;
use super::receiver::Receiver;
use super::server::Server;

/// All operations that the runtime adds to the API with watches.
fn added() -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    let tables = agents::API.tables();
    let routes = tables.fold(Routes::new(), |routes, table| routes.watches(table));
    for (path, methods) in routes.paths() {
        let own = methods
            .split(", ")
            .filter(|one| !matches!(*one, "HEAD" | "OPTIONS"));
        all.extend(own.map(|method| (method.to_owned(), path.to_owned())));
    }
    all
}

/// A server, its document, and the operations called so far.
struct Asked<'a> {
    server: &'a Server,
    document: Document,
    called: RefCell<BTreeSet<(String, String)>>,
}

impl Asked<'_> {
    /// Sends a request to a documented path, with `ids` for its parameters, and checks the
    /// response.
    fn send(&self, method: &str, path: &str, ids: &[&str], rest: &str, body: &str) -> Answer {
        let mut target = path.to_owned();
        for id in ids {
            let (from, to) = (target.find('{').unwrap(), target.find('}').unwrap());
            target.replace_range(from..=to, id);
        }
        let answer = send(self.server, method, &format!("/agency{target}{rest}"), body);
        self.document.judge(method, path, &answer);
        let known = (method.to_owned(), path.to_owned());
        self.called.borrow_mut().insert(known);
        answer
    }
}

/// Creates a watch for which a notification has been given up.
fn failed(server: &Server) -> String {
    let own = watch(
        server,
        &json!({ "to": "http://127.0.0.1:9/", "head": { "x-a": "b" } }),
    );
    agent(server, "a");
    let path = format!("/agency/couriers/{own}/requests?outcome=dead");
    let dead = until(|| {
        let found = send(server, "GET", &path, "").json();
        found["items"].get(0).cloned()
    });
    dead.expect("what cannot be sent is given up");
    own
}

/// Asks until there is a result, for at most twenty seconds.
fn until(ask: impl Fn() -> Option<Value>) -> Option<Value> {
    let end = Instant::now() + Duration::from_secs(20);
    while Instant::now() < end {
        if let Some(found) = ask() {
            return Some(found);
        }
        thread::sleep(Duration::from_millis(20));
    }
    None
}

#[test]
fn every_operation_of_a_watch_answers_as_the_document_says() {
    let schedule = [
        "--webhook-schedule",
        "20ms",
        "--allow-private-webhooks",
        "127.0.0.0/8",
    ];
    let server = Server::start(&schedule);
    let asked = Asked {
        server: &server,
        document: Document::of(&server, "agents"),
        called: RefCell::default(),
    };
    let own = failed(&server);
    let item = "/couriers/{courierId}";
    let id = [own.as_str()];
    let at = |rest: &str| format!("{item}{rest}");
    let status = |answer: Answer| answer.status;

    let page = asked.send("GET", &at("/requests"), &id, "?limit=1", "");
    assert!(page.header("link").is_some(), "{page:?}");
    let record = page.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let one = [own.as_str(), record.as_str()];
    let filters = "?limit=500&before=999999999&outcome=dead&event=created&resourceId=0&webhookId=0";
    assert_eq!(
        status(asked.send("GET", &at("/requests"), &id, filters, "")),
        200
    );
    assert_eq!(
        status(asked.send("GET", &at("/requests/{request}"), &one, "", "")),
        200
    );
    assert_eq!(
        status(asked.send("POST", &at("/requests/{request}/redeliver"), &one, "", "")),
        202
    );
    for body in [
        r#"{"since":"2020-01-01"}"#,
        r#"{"since":"2020-01-01T00:00:00Z","from":null}"#,
        r#"{"from":0,"to":18446744073709551615}"#,
    ] {
        assert_eq!(
            status(asked.send("POST", &at("/redeliver"), &id, "", body)),
            202
        );
    }
    assert_eq!(status(asked.send("POST", &at("/ping"), &id, "", "")), 202);
    assert_eq!(status(asked.send("GET", &at("/health"), &id, "", "")), 200);
    let gone = Receiver::gone();
    let other = watch(&server, &json!({ "to": gone.url }));
    asked.send("POST", &at("/ping"), &[&other], "", "");
    let disabled = until(|| {
        let found = asked.send("GET", &at("/health"), &[&other], "", "").json();
        (found["state"] == "disabled").then_some(found)
    });
    let disabled = disabled.expect("410 disables a watch");
    assert!(
        disabled["reason"].is_string() && disabled["since"].is_string(),
        "{disabled}"
    );
    assert_eq!(status(asked.send("POST", &at("/resume"), &id, "", "")), 202);

    for algorithm in ["hmac-sha256", "ed25519"] {
        let body = json!({ "name": "", "algorithm": algorithm }).to_string();
        let made = asked.send("POST", "/seals", &[], "", &body);
        assert_eq!(made.status, 201, "{made:?}");
        let key = made.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(
            status(asked.send("GET", "/seals/{key}", &[&key], "", "")),
            200
        );
        assert_eq!(
            status(asked.send("DELETE", "/seals/{key}", &[&key], "", "")),
            204
        );
    }
    assert_eq!(status(asked.send("GET", "/seals", &[], "", "")), 200);
    assert_eq!(*asked.called.borrow(), added());
    refusals(&asked, &own, &record);
}

/// Every operation returns errors, and each of them is documented as well.
fn refusals(asked: &Asked<'_>, own: &str, record: &str) {
    let made = asked
        .server
        .run(&["token", "create", "--tenant", "x", "--scope", "none"], "");
    let token = String::from_utf8(made.stdout).unwrap();
    for (method, path) in added() {
        let ids: Vec<&str> = match path.contains("{key}") {
            true => vec!["0"],
            false => vec![own, record],
        };
        let ids = &ids[..path.matches('{').count()];
        let unknown = asked.send(&method, &path, ids, "?zzz=1", "{}");
        assert_eq!(unknown.status, 400, "{method} {path}");
        if path.contains('{') {
            let nobody = vec!["0"; ids.len()];
            let absent = asked.send(&method, &path, &nobody, "", "{}");
            assert_eq!(absent.status, 404, "{method} {path}");
        }
        let target = format!("/agency{}", path.replace(['{', '}'], ""));
        let denied = send_as(asked.server, token.trim(), &method, &target, "");
        assert_eq!(denied.status, 403, "{method} {path}");
        asked.document.judge(&method, &path, &denied);
        let plain = format!("{method} {target} HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
        let nobody = raw(asked.server, plain.as_bytes()).unwrap();
        assert_eq!(nobody.status, 401, "{method} {path}");
        asked.document.judge(&method, &path, &nobody);
        let operation = &asked.document.0["paths"][&path][method.to_lowercase()];
        let half = if method == "GET" { "read" } else { "write" };
        let scope = format!("agents:{half}");
        assert_eq!(operation["security"][0]["bearer"], json!([scope]));
        if operation["requestBody"].is_object() {
            for (body, status) in [("{", 400), ("{}", 422)] {
                let refused = asked.send(&method, &path, ids, "", body);
                assert_eq!(refused.status, status, "{method} {path}");
            }
        }
    }
}
