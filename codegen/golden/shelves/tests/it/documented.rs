//! The OpenAPI document has every path of the server, and no other.

use std::collections::BTreeSet;

use fieldproof_runtime::service::managed;
use golden_shelves::APIS;

use super::document::Document;
use super::server::Server;

#[test]
fn the_document_has_every_path_of_the_server_and_no_other() {
    let server = Server::start(&[]);
    for api in APIS {
        let document = Document::of(&server, api.name);
        let paths = document.0["paths"].as_object().unwrap();
        let own = api.paths.iter().map(|path| (*path).to_owned());
        let more = api.tables.iter().flat_map(|table| managed(table));
        let served: BTreeSet<String> = own.chain(more.map(|(path, _)| path)).collect();
        // A collection is served with and without a slash at its end.
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
        for (path, methods) in api.tables.iter().flat_map(|table| managed(table)) {
            let served = methods.split(", ").map(str::to_owned);
            let mut documented = document.methods(&path);
            if documented.contains("GET") {
                documented.insert("HEAD".to_owned());
            }
            documented.insert("OPTIONS".to_owned());
            assert_eq!(documented, served.collect(), "{path}");
        }
    }
}
