//! Many concurrent clients.

use std::collections::BTreeSet;
use std::thread;

use super::client::send;
use super::server::Server;

const SHELVES: &str = "/library/shelves";

#[test]
fn of_many_creates_with_one_unique_value_one_succeeds() {
    let server = Server::start(&[]);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let workers: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    send(
                        &server,
                        "POST",
                        SHELVES,
                        "{\"label\":\"ab\",\"code\":\"one\"}",
                    )
                    .status
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 409).count(),
        15,
        "{statuses:?}"
    );
}

#[test]
fn writes_of_many_clients_are_all_kept_and_ordered() {
    let server = Server::start(&[]);
    thread::scope(|scope| {
        for worker in 0..8 {
            let server = &server;
            scope.spawn(move || {
                for at in 0..25 {
                    let made = send(server, "POST", SHELVES, &format!("{{\"label\":\"w{worker}-{at}\"}}")).json();
                    let target = format!("{SHELVES}/{}", made["shelfId"].as_str().unwrap());
                    assert_eq!(send(server, "PATCH", &target, &format!("{{\"capacity\":{at}}}")).json()["capacity"], at);
                }
            });
        }
    });
    let mut ids = Vec::new();
    for offset in [0, 100] {
        let page = send(
            &server,
            "GET",
            &format!("{SHELVES}?limit=100&offset={offset}&order=shelfId&way=asc"),
            "",
        )
        .json();
        ids.extend(
            page.as_array()
                .unwrap()
                .iter()
                .map(|one| one["shelfId"].as_str().unwrap().parse::<u64>().unwrap()),
        );
    }
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 200);
    assert!(ids.is_sorted(), "{ids:?}");
}
