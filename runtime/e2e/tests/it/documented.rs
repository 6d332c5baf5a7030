//! The OpenAPI document contains exactly the paths of the server.

use std::collections::BTreeSet;

use fieldproof_e2e::APIS;
use serde_json::{Value, json};

use super::client::send;
use super::document::Document;
use super::samples;
use super::server::Server;

#[test]
fn the_document_has_every_path_of_the_server_and_no_other() {
    let server = Server::start(&[]);
    for api in APIS {
        let document = Document::of(&server, api.name);
        let paths = document.0["paths"].as_object().unwrap();
        let routes = (api.routes)();
        let served: BTreeSet<String> = routes.paths().map(|(path, _)| path.to_owned()).collect();
        // A collection is served with and without a trailing slash.
        let other = |path: &str| served.contains(&format!("{path}/"));
        let missing: Vec<_> = served
            .iter()
            .filter(|path| !paths.contains_key(*path))
            .filter(|path| !path.ends_with('/') && !other(path))
            .collect();
        assert!(missing.is_empty(), "{}: {missing:?}", api.name);
        let more: Vec<_> = paths
            .keys()
            .filter(|path| !served.contains(*path))
            .collect();
        assert!(more.is_empty(), "{}: {more:?}", api.name);
        for (path, methods) in routes.paths().filter(|(path, _)| paths.contains_key(*path)) {
            let served = methods.split(", ").map(str::to_owned);
            let mut documented = document.methods(path);
            if documented.contains("GET") {
                documented.insert("HEAD".to_owned());
            }
            documented.insert("OPTIONS".to_owned());
            assert_eq!(documented, served.collect(), "{path}");
        }
    }
}

/// A body without some members that exclude others.
fn without(mut body: Value, names: &[&str]) -> Value {
    let members = body.as_object_mut().unwrap();
    members.retain(|name, _| !names.contains(&name.as_str()));
    body
}

#[test]
fn objects_are_shown_as_the_document_says() {
    let server = Server::start(&[]);
    let list = "/shelves/{shelfId}/books";
    let (courier, couriers) = (samples::courier, "/couriers/{courierId}");
    for (api, create, mut body, item) in [
        (
            "shelves",
            "/shelves",
            samples::shelf(),
            "/shelves/{shelfId}",
        ),
        (
            "shelves",
            list,
            samples::mail(),
            "/shelves/{shelfId}/books/{bookId}",
        ),
        (
            "shelves",
            list,
            samples::call(),
            "/shelves/{shelfId}/books/{bookId}",
        ),
        ("agents", "/agents", samples::agent(), "/agents/{agentId}"),
        (
            "agents",
            "/agents/courier",
            without(courier(), &["login"]),
            couriers,
        ),
        (
            "agents",
            "/agents/courier",
            without(courier(), &["grant"]),
            couriers,
        ),
        ("depots", "/depots/", samples::depot(), "/depots/{number}"),
        ("depots", "/depots/", samples::owned(), "/depots/{number}"),
        (
            "members",
            "/notices",
            json!({ "text": "t" }),
            "/notices/{noticeId}",
        ),
    ] {
        let document = Document::of(&server, api);
        let base = document.0["servers"][0]["url"].as_str().unwrap().to_owned();
        // The identifier of the first shelf is 1.
        let target = |path: &str| format!("{base}{}", path.replace("{shelfId}", "1"));
        // A watch with signed requests has to name an enabled key.
        if body.get("seal").is_some() {
            let key = json!({ "name": "k", "algorithm": "ed25519" }).to_string();
            let key = send(&server, "POST", "/agency/seals", &key);
            body["seal"]["keys"] = json!([key.json()["id"]]);
        }
        let made = send(&server, "POST", &target(create), &body.to_string());
        assert_eq!(made.status, 201, "{create}: {made:?}");
        document.judge("POST", create, &made);
        let one = made.header("location").unwrap().to_owned();
        document.judge("GET", item, &send(&server, "GET", &one, ""));
        if let Some(collection) = item.rsplit_once('/').map(|(path, _)| path) {
            let slash = if api == "depots" { "/" } else { "" };
            let path = format!("{collection}{slash}");
            document.judge("GET", &path, &send(&server, "GET", &target(&path), ""));
        }
        let refused = send(
            &server,
            "POST",
            &target(create),
            "{\"zzz\":1,\"text\":1,\"label\":1,\"name\":1,\"to\":1}",
        );
        assert_eq!(refused.status, 422, "{create}: {refused:?}");
        document.judge("POST", create, &refused);
    }
}
