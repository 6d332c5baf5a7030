//! Compares the schemas of list parameters with what the server accepts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use fieldproof_e2e::APIS;
use serde_json::{Value, json};

use super::bodies::values::TEXTS;
use super::client::{send, send_as};
use super::document::Document;
use super::server::Server;

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "%{byte:02X}");
        all
    })
}

/// The value of a parameter according to its schema: digits with or without a sign are a number
/// where the schema requires one.
fn meant(schema: &Value, text: &str) -> Value {
    let number = serde_json::from_str::<Value>(text)
        .ok()
        .filter(Value::is_number);
    let whole = text.parse::<i128>().ok();
    let whole = whole.and_then(|number| serde_json::from_str(&number.to_string()).ok());
    let value = match schema["type"].as_str() {
        Some("integer") => whole,
        Some("number") => number,
        _ => None,
    };
    value.unwrap_or_else(|| text.into())
}

#[test]
fn every_parameter_that_is_taken_is_of_its_schema() {
    let server = Server::start(&[]);
    send(&server, "POST", "/library/shelves", "{\"label\":\"ab\"}");
    let scope = [
        "token", "create", "--tenant", "default", "--scope", "members", "--user", "a@b.c",
    ];
    let user = String::from_utf8(server.run(&scope, "").stdout).unwrap();
    let (mut narrow, mut wide) = (Vec::new(), BTreeMap::<String, BTreeSet<&str>>::new());
    for api in APIS {
        let document = Document::of(&server, api.name);
        let base = document.0["servers"][0]["url"].as_str().unwrap().to_owned();
        for (path, item) in document.0["paths"].as_object().unwrap() {
            let target = format!("{base}{}", path.replace("{shelfId}", "1"));
            let all = item["get"]["parameters"].as_array().into_iter().flatten();
            for one in all.filter(|one| one["in"] == "query" && !target.contains('{')) {
                let (name, schema) = (one["name"].as_str().unwrap(), &one["schema"]);
                let validator = jsonschema::validator_for(schema).unwrap();
                let more = [
                    "asc",
                    "DESC",
                    "label",
                    "save,call",
                    " plan , save",
                    "12.a",
                    "1.1",
                    "20",
                    "101",
                ];
                for text in TEXTS.iter().copied().chain(more) {
                    let query = format!("{target}?{name}={}", encoded(text));
                    let token = if api.name == "members" {
                        user.trim()
                    } else {
                        super::server::TOKEN
                    };
                    let answer = send_as(&server, token, "GET", &query, "");
                    assert!(matches!(answer.status, 200 | 400), "{query}: {answer:?}");
                    let fits = validator.is_valid(&meant(schema, text));
                    match (answer.status, fits) {
                        (200, false) => narrow.push(format!("{query} {text:?}")),
                        (400, true) => {
                            wide.entry(format!("{path} {name}"))
                                .or_default()
                                .insert(text);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    assert!(narrow.is_empty(), "{narrow:#?}");
    insta::assert_snapshot!(format!("{:#}", json!(wide)));
}
