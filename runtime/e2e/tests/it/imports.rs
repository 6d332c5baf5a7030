//! Imports that are too large for one transaction.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::{Value, json};

use super::client::send;
use super::deliveries::AGENTS;
use super::server::Server;

const SHELVES: &str = "/library/shelves";

/// Shelves with the identifiers 1, 2, 3 …
fn shelves(count: usize) -> Vec<Value> {
    let shelf = |id| json!({ "shelfId": format!("{id}"), "label": format!("no {id}") });
    (1..=count).map(shelf).collect()
}

#[test]
fn a_large_import_that_stops_says_where_and_can_be_repeated() {
    let server = Server::start(&[]);
    let load = |shelves: &[Value]| {
        let text = Value::from(shelves).to_string();
        server.run(&["import", "--api", "shelves", "-"], &text)
    };
    let mut shelves = shelves(450);
    let label = std::mem::replace(&mut shelves[299]["label"], json!("x"));
    let stopped = load(&shelves);
    let said = String::from_utf8(stopped.stderr).unwrap();
    assert!(!stopped.status.success());
    assert!(said.contains("the first 200 objects were loaded"), "{said}");
    assert!(said.contains("/299/label"), "{said}");
    let status = |id: usize| send(&server, "GET", &format!("{SHELVES}/{id}"), "").status;
    assert_eq!(
        [1, 200, 201, 299, 450].map(status),
        [200, 200, 404, 404, 404]
    );
    shelves[299]["label"] = label;
    let repeated = load(&shelves);
    assert!(repeated.status.success(), "{repeated:?}");
    assert_eq!([1, 200, 201, 300, 450].map(status), [200; 5]);
    let list = send(&server, "GET", &format!("{SHELVES}?limit=1"), "");
    assert_eq!(list.header("x-total-count"), Some("450"));
}

#[test]
fn others_write_beside_a_large_import() {
    let server = Server::start(&[]);
    let (text, over) = (
        Value::from(shelves(2_000)).to_string(),
        AtomicBool::new(false),
    );
    let is_there = |id: usize| {
        let shelf = send(&server, "GET", &format!("{SHELVES}/{id}"), "");
        shelf.json()["label"] == format!("no {id}")
    };
    let (loaded, beside) = thread::scope(|scope| {
        let load = scope.spawn(|| {
            let loaded = server.run(&["import", "--api", "shelves", "-"], &text);
            over.store(true, Ordering::SeqCst);
            loaded
        });
        // Writes that were answered while some of the objects were there, and others not.
        let mut beside = Vec::new();
        while !over.load(Ordering::SeqCst) {
            let begun = is_there(1) && !is_there(2_000);
            let made = send(&server, "POST", SHELVES, "{\"label\":\"between\"}");
            assert_eq!(made.status, 201, "{made:?}");
            if begun && !is_there(2_000) {
                beside.push(made.json()["shelfId"].clone());
            }
        }
        (load.join().unwrap(), beside)
    });
    assert!(loaded.status.success(), "{loaded:?}");
    assert!(beside.len() >= 5, "{} writes beside it", beside.len());
    // Their identifiers come behind those that were still to be loaded.
    for id in beside {
        let path = format!("{SHELVES}/{}", id.as_str().unwrap());
        assert_eq!(send(&server, "GET", &path, "").json()["label"], "between");
    }
}

/// The time of creation is the one that is shown: filters and orders use it too.
#[test]
fn an_object_was_made_when_its_file_says() {
    let server = Server::start(&[]);
    let agent = |id: &str, year: u32| {
        json!({
            "agentId": format!("{id:0>24}"),
            "mail": format!("{id}@example.org"),
            "grade": { "code": "x" },
            "since": { "at": format!("{year}-01-01T00:30:00"), "where": "Asia/Tokyo" },
        })
    };
    let load = |agents: Value| {
        let args = ["import", "--api", "agents", "-"];
        server.run(&args, &agents.to_string())
    };
    let loaded = load(json!([
        agent("a", 2021),
        agent("b", 2019),
        agent("c", 2020)
    ]));
    assert!(loaded.status.success(), "{loaded:?}");
    let found = |query: &str| {
        let list = send(&server, "GET", &format!("{AGENTS}?{query}"), "").json();
        let items = list["items"].as_array().unwrap();
        let mail = |item: &Value| item["mail"].as_str().unwrap()[..1].to_owned();
        items.iter().map(mail).collect::<String>()
    };
    // 2020 begins in Tokyo half an hour before, in UTC eight and a half hours after.
    assert_eq!(
        found("from=2019-12-31T15:00:00Z&to=2019-12-31T16:00:00Z"),
        "c"
    );
    assert_eq!(
        found("from=2020-06-01T00:00:00Z&to=2100-01-01T00:00:00Z"),
        "a"
    );
    assert_eq!(found("to=2020-01-01T00:00:00Z"), "bc");
    let mut bad = agent("d", 2021);
    bad["since"]["where"] = json!("Mars/Olympus");
    let refused = load(json!([bad]));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("/0/since"), "{said}");
}
