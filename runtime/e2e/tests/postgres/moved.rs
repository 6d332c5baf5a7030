//! From a folder to a database and back: nothing is another than before.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;

use super::client::{Answer, send, send_as};
use super::cluster::Place;
use super::receiver::Receiver;
use super::server::{Server, TOKEN, complaint, folder, program};
use super::shared::on;

const AGENTS: &str = "/agency/agents";
const ARGS: &[&str] = &["--allow-private-webhooks", "127.0.0.0/8"];

/// What clients read, in every API that has something.
const READ: &[&str] = &[
    "/agency/agents",
    "/agency/couriers",
    "/agency/seals",
    "/library/shelves",
    "/depots/v1/depots/",
    "/loans/loans",
];

/// Fills a folder with objects of all kinds: with children, secrets, shared objects, a watch and
/// what it has still to be told, keys, and tokens of two tenants.
fn fill(server: &Server, receiver: &Receiver) -> String {
    let post = |path: &str, body: serde_json::Value| {
        let made = send(server, "POST", path, &body.to_string());
        assert_eq!(made.status, 201, "{path} {made:?}");
        made.json()
    };
    let book = json!({ "medium": "mail", "contact": "a@b.c" });
    post(
        "/library/shelves",
        json!({ "label": "ß Straße", "code": "one", "books": [book] }),
    );
    post("/library/shelves", json!({ "label": "second" }));
    for name in ["a", "b", "c"] {
        post("/depots/v1/depots/", json!({ "name": name }));
    }
    post(
        "/agency/seals",
        json!({ "name": "seal", "algorithm": "ed25519" }),
    );
    let watch = json!({ "to": receiver.url, "login": "u:p", "head": { "x-own": "secret" } });
    post(&format!("{AGENTS}/courier"), watch);
    for number in 0..3 {
        let agent = json!({
            "first": format!("agent {number}"), "mail": format!("a{number}@x.example"),
            "phrase": "long enough", "grade": { "code": "x" }, "badges": [{ "motto": "shared" }],
        });
        post(AGENTS, agent);
    }
    let create = [
        "token",
        "create",
        "--scope",
        "shelves:read",
        "--tenant",
        "other",
    ];
    let made = server.run(&create, "");
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

fn read(server: &Server) -> Vec<Answer> {
    let read = |path: &&str| {
        let mut answer = send(server, "GET", path, "");
        assert_eq!(answer.status, 200, "{path} {answer:?}");
        answer
            .headers
            .retain(|(name, _)| name != "date" && name != "request-id");
        answer
    };
    READ.iter().map(read).collect()
}

fn said(read: &[Answer]) -> String {
    format!("{read:#?}")
}

/// Every row of every table, but for what the file itself is about.
fn rows(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let file = Connection::open(folder.join("fieldproof.sqlite3")).unwrap();
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND name NOT IN ('schemas', 'probes', 'clock')";
    let mut query = file.prepare(names).unwrap();
    let names: Vec<String> = query
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let rows = |name: &String| {
        // Of the counts of open deliveries, one of none may stand there or not.
        let open = match name.as_str() {
            "tally" => " WHERE open > 0",
            _ => "",
        };
        let mut query = file
            .prepare(&format!("SELECT * FROM \"{name}\"{open}"))
            .unwrap();
        let count = query.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let values: Vec<Value> = (0..count).map(|at| row.get(at).unwrap()).collect();
            Ok(format!("{values:?}"))
        };
        let mut rows: Vec<String> = query
            .query_map([], row)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        rows.sort();
        (name.clone(), rows)
    };
    names.iter().map(rows).collect()
}

/// The last number that was taken.
fn last(folder: &Path) -> u64 {
    let file = Connection::open(folder.join("fieldproof.sqlite3")).unwrap();
    let last = file.query_row("SELECT number FROM clock", [], |row| row.get::<_, i64>(0));
    last.unwrap().try_into().unwrap()
}

pub(super) fn forth_and_back(place: Place) {
    let receiver = Receiver::start(0);
    let first = Server::start_in(folder(), ARGS);
    let other = fill(&first, &receiver);
    let before = said(&read(&first));
    let data = first.kill();
    let (url, key) = (place.url(), data.join("secret-key"));
    let secret = std::fs::read_to_string(&key).unwrap();
    let (at_first, last) = (rows(&data), last(&data));

    let moved = program(&["move", "--to", &url])
        .env("FIELDPROOF_DATA", &data)
        .output()
        .unwrap();
    assert!(moved.status.success(), "{moved:?}");
    let told = String::from_utf8(moved.stdout).unwrap();
    assert!(told.contains("10 objects and 2 tokens"), "{told}");
    let mut again = program(&["move", "--to", &url]);
    let (success, why) = complaint_of(again.env("FIELDPROOF_DATA", &data));
    assert!(!success && why.contains("there are rows in its"), "{why}");

    // A server over the database shows the same, and goes on.
    let with_key = |mut command: Command| {
        command.env("FIELDPROOF_SECRET_KEY", secret.trim());
        command
    };
    let mut command = with_key(on(&url, &["--listen", "127.0.0.1:0"]));
    command.args(ARGS).env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    let shared = Server::ready(command, folder());
    assert_eq!(said(&read(&shared)), before);
    assert_eq!(
        send_as(&shared, &other, "GET", "/library/shelves", "").body,
        "[]"
    );
    let told = receiver.taken().len();
    let agent = json!({ "mail": "late@x.example", "grade": { "code": "x" } }).to_string();
    assert_eq!(send(&shared, "POST", AGENTS, &agent).status, 201);
    let end = Instant::now() + Duration::from_secs(60);
    while receiver.taken().len() <= told {
        assert!(Instant::now() < end, "the watch is told of nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
    let depot = send(&shared, "POST", "/depots/v1/depots/", "{\"name\":\"d\"}").json();
    let number: u64 = depot["number"].as_str().unwrap().parse().unwrap();
    assert!(number > last, "{last} {depot}");
    drop(shared);

    // Unchanged, it comes back as it went.
    let unchanged = place.url();
    let (back, third) = (folder(), folder());
    let forth = program(&["move", "--to", &unchanged])
        .env("FIELDPROOF_DATA", &data)
        .output();
    assert!(forth.unwrap().status.success());
    let moved = with_key(on(
        &unchanged,
        &["move", "--to", &back.display().to_string()],
    ))
    .output();
    let moved = moved.unwrap();
    assert!(moved.status.success(), "{moved:?}");
    assert_eq!(rows(&back), at_first);
    let to = back.display().to_string();
    let (success, why) = complaint_of(&mut with_key(on(&unchanged, &["move", "--to", &to])));
    assert!(!success && why.contains("has files"), "{why}");

    let moved = with_key(on(&url, &["move", "--to", &third.display().to_string()])).output();
    assert!(moved.unwrap().status.success());
    let third = Server::ready(
        {
            let mut command = with_key(program(&["--listen", "127.0.0.1:0"]));
            command.env("FIELDPROOF_DATA", &third);
            command
        },
        third,
    );
    let list = send(&third, "GET", "/depots/v1/depots/", "").json();
    assert_eq!(list.as_array().unwrap().len(), 4);
    let next = send(&third, "POST", "/depots/v1/depots/", "{\"name\":\"e\"}").json();
    assert!(next["number"].as_str().unwrap().parse::<u64>().unwrap() > number);
    for data in [data, back] {
        std::fs::remove_dir_all(data).unwrap();
    }
}

fn complaint_of(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// Two keys of secrets.
const KEYS: [&str; 2] = [
    "1111111111111111111111111111111111111111111111111111111111111111",
    "2222222222222222222222222222222222222222222222222222222222222222",
];

/// A command of the server's program with keys, the last one the oldest.
fn keyed(keys: &[&str], mut command: Command) -> Command {
    command
        .env("FIELDPROOF_SECRET_KEY", keys.join(","))
        .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    command
}

/// The program over a folder.
fn over(folder: &Path, args: &[&str]) -> Command {
    let mut command = program(args);
    command.env("FIELDPROOF_DATA", folder);
    command
}

const LISTEN: &[&str] = &["--listen", "127.0.0.1:0"];

/// Keys that sealed something are asked for in the new place too, numbers that were given there
/// are not given again, and what cannot go along is said.
pub(super) fn into_a_used_one(place: Place) {
    let (url, data, back) = (place.url(), folder(), folder());
    let (old, both) = (&KEYS[..1], &[KEYS[1], KEYS[0]]);
    let first = Server::ready(keyed(old, over(&data, LISTEN)), data.clone());
    let watch = json!({ "to": "https://example.com/", "login": "u:p", "head": {} }).to_string();
    let made = send(&first, "POST", &format!("{AGENTS}/courier"), &watch);
    assert_eq!(made.status, 201, "{made:?}");
    let forth = ["move", "--to", &url];
    let (success, why) = complaint_of(&mut keyed(both, over(&data, &forth)));
    assert!(!success && why.contains("another process uses"), "{why}");
    first.kill();

    // Something was made in the database, and is gone.
    let used = Server::ready(keyed(both, on(&url, LISTEN)), folder());
    let depot = send(&used, "POST", "/depots/v1/depots/", "{\"name\":\"a\"}").json();
    let path = format!("/depots/v1/depots/{}", depot["number"].as_str().unwrap());
    assert_eq!(send(&used, "DELETE", &path, "").status, 204);
    drop(used);
    place.run(&format!("DELETE FROM {}.tokens", schema(&url)));

    let file = Connection::open(data.join("fieldproof.sqlite3")).unwrap();
    let other = "CREATE TABLE oldapi_thing(tenant TEXT, id TEXT, body TEXT) STRICT;
        INSERT INTO oldapi_thing VALUES('t', '1', '{}');";
    file.execute_batch(other).unwrap();
    drop(file);
    let moved = keyed(both, over(&data, &forth)).output().unwrap();
    assert!(moved.status.success(), "{moved:?}");
    let told = String::from_utf8(moved.stdout).unwrap();
    assert!(told.contains("oldapi_thing stayed behind"), "{told}");

    let (success, why) = complaint(keyed(&KEYS[1..], on(&url, LISTEN)));
    assert!(!success && why.contains("not among those given"), "{why}");
    let shared = Server::ready(keyed(both, on(&url, LISTEN)), folder());
    let depot = send(&shared, "POST", "/depots/v1/depots/", "{\"name\":\"b\"}").json();
    let number: u64 = depot["number"].as_str().unwrap().parse().unwrap();
    assert!(number > 1_024, "the first numbers were taken: {depot}");
    drop(shared);

    let to = back.display().to_string();
    let moved = keyed(both, on(&url, &["move", "--to", &to]))
        .output()
        .unwrap();
    assert!(moved.status.success(), "{moved:?}");
    let (success, why) = complaint(keyed(&KEYS[1..], over(&back, LISTEN)));
    assert!(!success && why.contains("not among those given"), "{why}");
    for data in [data, back] {
        std::fs::remove_dir_all(data).unwrap();
    }
}

/// The schema of a URL that [`Place::url`] made.
fn schema(url: &str) -> &str {
    url.rsplit_once("%3D").unwrap().1
}
