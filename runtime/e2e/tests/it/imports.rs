//! Imports that are too large for one transaction.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::{Value, json};

use super::client::send;
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
