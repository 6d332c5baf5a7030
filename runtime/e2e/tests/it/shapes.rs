//! The shapes of responses, kept in snapshots.

use serde_json::{Value, json};

use super::client::{Answer, send};
use super::server::Server;

const SHELVES: &str = "/library/shelves";

/// A response without what differs from run to run.
fn shape(answer: &Answer) -> Value {
    let named = [
        "content-type",
        "allow",
        "accept-patch",
        "ignored-members",
        "link",
        "x-total-count",
        "content-location",
        "location",
    ];
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| named.contains(&name.as_str()));
    let headers: serde_json::Map<String, Value> = headers
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    let mut body = answer.json();
    stamp(&mut body);
    json!({ "status": answer.status, "headers": headers, "body": body })
}

fn stamp(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match name.as_str() {
                    "madeAt" | "changedAt" => *value = "[moment]".into(),
                    _ => stamp(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(stamp),
        _ => {}
    }
}

#[test]
fn shapes_of_answers() {
    let server = Server::start(&[]);
    let full = json!({
        "label": "One", "type": "steel", "code": "c-1", "load": 1.25, "language": "de", "size": { "height": 300, "width": 80.5 },
        "keywords": ["a", "b"], "extra": { "x": [1, null] }, "dusted": "2020-01-02T03:04:05+02:00", "origin": "attic", "pin": "1234",
        "books": [{ "medium": "call", "contact": "+49 (30) 123-4567" }], "zzz": 1
    });
    let mut shapes = vec![(
        "create",
        shape(&send(&server, "POST", SHELVES, &full.to_string())),
    )];
    let second = send(&server, "POST", SHELVES, "{\"label\":\"Two\"}");
    shapes.push(("create of little", shape(&second)));
    let target = format!("{SHELVES}/{}", second.json()["shelfId"].as_str().unwrap());
    let alias = target.replace("shelves/", "shelf/");
    for (name, method, target, body) in [
        ("get", "GET", target.as_str(), ""),
        (
            "list",
            "GET",
            "/library/shelves?limit=1&offset=0&order=label",
            "",
        ),
        (
            "update by another path",
            "PUT",
            alias.as_str(),
            "{\"open\":0}",
        ),
        (
            "refused body",
            "POST",
            SHELVES,
            "{\"label\":\"x\",\"size\":{\"width\":1000},\"books\":[{}],\"shelfId\":\"1\"}",
        ),
        ("refused query", "GET", "/library/shelves?limit=0&zzz=1", ""),
        (
            "taken",
            "POST",
            SHELVES,
            "{\"label\":\"xy\",\"code\":\"c-1\"}",
        ),
        ("absent", "GET", "/library/shelves/999999", ""),
        ("options", "OPTIONS", target.as_str(), ""),
        ("wrong method", "POST", target.as_str(), "{}"),
        ("delete", "DELETE", target.as_str(), ""),
    ] {
        shapes.push((name, shape(&send(&server, method, target, body))));
    }
    let text: Vec<String> = shapes
        .iter()
        .map(|(name, shape)| format!("== {name}\n{shape:#}"))
        .collect();
    insta::assert_snapshot!(text.join("\n\n"));
}
