//! Creates that are sent again under the same `Idempotency-Key`.

use rusqlite::Connection;
use serde_json::json;

use super::client::{Answer, raw};
use super::server::{Server, TOKEN};

const DEPOTS: &str = "/depots/v1/depots/";
const AGENTS: &str = "/agency/agents";

/// Sends a create with header lines of its own.
fn create(server: &Server, token: &str, path: &str, lines: &str, body: &str) -> Answer {
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n{lines}content-length: {length}\r\n\r\n{body}"
    );
    raw(server, request.as_bytes()).expect("an answer")
}

fn keyed(server: &Server, key: &str, body: &str) -> Answer {
    create(
        server,
        TOKEN,
        DEPOTS,
        &format!("idempotency-key: {key}\r\n"),
        body,
    )
}

fn count(server: &Server) -> u64 {
    let all = super::client::send(server, "GET", DEPOTS, "");
    all.header("x-total-count").unwrap().parse().unwrap()
}

/// What identifies an answer: its status, body, path and version.
fn told(answer: &Answer) -> (u16, &str, Option<&str>, Option<&str>) {
    let (path, version) = (answer.header("location"), answer.header("etag"));
    (answer.status, &answer.body, path, version)
}

#[test]
fn a_create_that_is_sent_again_gets_its_first_answer_also_after_a_kill() {
    let server = Server::start(&[]);
    let body = r#"{"name":"a","ignored":1}"#;
    let first = keyed(&server, "k-1", body);
    assert_eq!(
        (first.status, first.header("ignored-members")),
        (201, Some("ignored"))
    );
    // A key without quotes is the same as one with them (RFC 8941 section 3.3.3).
    let again = keyed(&server, "\"k-1\"", body);
    assert_eq!(told(&again), told(&first));
    assert_eq!(again.header("ignored-members"), Some("ignored"));

    let other = keyed(&server, "k-1", r#"{"name":"b"}"#);
    assert_eq!(
        (other.status, &other.json()["type"]),
        (422, &json!("/problems/key_reused"))
    );
    let query = format!("{DEPOTS}?a=1");
    let other = create(&server, TOKEN, &query, "idempotency-key: k-1\r\n", body);
    assert_eq!(other.status, 422, "another query is another request");

    // A change between does not change the first answer.
    let path = first.header("location").unwrap().to_owned();
    super::client::send(&server, "PATCH", &path, r#"{"name":"changed"}"#);
    let server = Server::start_in(server.kill(), &[]);
    let again = keyed(&server, "k-1", body);
    assert_eq!(told(&again), told(&first));
    assert_eq!(count(&server), 1);
    assert_eq!(keyed(&server, "k-2", body).status, 201);
    assert_eq!(count(&server), 2);
}

#[test]
fn a_refused_create_leaves_its_key_free_and_bad_keys_are_refused() {
    let server = Server::start(&[]);
    assert_eq!(keyed(&server, "k", r#"{"name":1}"#).status, 422);
    assert_eq!(keyed(&server, "k", r#"{"name":"a"}"#).status, 201);
    let long = "x".repeat(256);
    for bad in ["", "\"a", "a\tb", long.as_str()] {
        let refused = keyed(&server, bad, r#"{"name":"b"}"#);
        let errors = &refused.json()["errors"];
        assert_eq!(
            (refused.status, &errors[0]["header"]),
            (400, &json!("Idempotency-Key")),
            "{bad}"
        );
    }
    let twice = "idempotency-key: a\r\nidempotency-key: b\r\n";
    let refused = create(&server, TOKEN, DEPOTS, twice, r#"{"name":"b"}"#);
    assert_eq!(refused.status, 400);
    assert_eq!(count(&server), 1);
    assert_eq!(keyed(&server, &long[1..], r#"{"name":"b"}"#).status, 201);
}

#[test]
fn a_key_belongs_to_a_token_and_a_path() {
    let server = Server::start(&[]);
    let other = server
        .run(&["token", "create", "--scope", "depots"], "")
        .stdout;
    let other = String::from_utf8(other).unwrap();
    let (line, body) = ("idempotency-key: k\r\n", r#"{"name":"a"}"#);
    let first = create(&server, TOKEN, DEPOTS, line, body);
    let second = create(&server, other.trim(), DEPOTS, line, body);
    assert_eq!((first.status, second.status), (201, 201));
    assert_ne!(first.header("location"), second.header("location"));
    let agent = r#"{"mail":"a@x.example","grade":{"code":"x"}}"#;
    assert_eq!(create(&server, TOKEN, AGENTS, line, agent).status, 201);
}

/// The rows of the table of keys.
fn kept(server: &Server) -> Vec<String> {
    let database = Connection::open(server.data.join("fieldproof.sqlite3")).unwrap();
    let mut query = database
        .prepare("SELECT body FROM idempotency_keys")
        .unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn members_that_only_a_scope_shows_are_not_kept() {
    let server = Server::start(&[]);
    let (line, body) = (
        "idempotency-key: k\r\n",
        r#"{"mail":"a@x.example","grade":{"code":"x"}}"#,
    );
    let first = create(&server, TOKEN, AGENTS, line, body);
    let pass = first.json()["pass"].as_str().unwrap().to_owned();
    let again = create(&server, TOKEN, AGENTS, line, body);
    assert_eq!(told(&again), told(&first));
    assert_eq!(again.header("cache-control"), Some("no-store"));
    assert!(kept(&server).iter().all(|row| !row.contains(&pass)));
    // What the object has become is not what was answered.
    let path = first.header("location").unwrap();
    super::client::send(&server, "PUT", path, r#"{"first":"b"}"#);
    let again = create(&server, TOKEN, AGENTS, line, body).json();
    assert_eq!(again["mail"], "a@x.example");
    assert!(
        again.get("pass").is_none() && again["first"] != "b",
        "{again}"
    );
}

#[test]
fn keys_are_forgotten_after_a_day() {
    let server = Server::start(&[]);
    let body = r#"{"name":"a"}"#;
    for key in ["k-1", "k-2"] {
        assert_eq!(keyed(&server, key, body).status, 201);
    }
    let data = server.kill();
    let database = Connection::open(data.join("fieldproof.sqlite3")).unwrap();
    let older = |hours: i64, name: &str| {
        let sql = "UPDATE idempotency_keys SET created = created - ?1 WHERE json_extract(body, '$.body') LIKE ?2";
        let moved = database
            .execute(sql, (hours * 3_600_000_000, name))
            .unwrap();
        assert_eq!(moved, 2);
    };
    older(23, "%");
    drop(database);
    let server = Server::start_in(data, &[]);
    assert_eq!(keyed(&server, "k-1", body).status, 201);
    assert_eq!((count(&server), kept(&server).len()), (2, 2));

    let data = server.kill();
    let database = Connection::open(data.join("fieldproof.sqlite3")).unwrap();
    database
        .execute(
            "UPDATE idempotency_keys SET created = created - 7200000000",
            [],
        )
        .unwrap();
    drop(database);
    let server = Server::start_in(data, &[]);
    assert_eq!(keyed(&server, "k-1", body).status, 201);
    assert_eq!(count(&server), 3);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while kept(&server).len() > 1 {
        assert!(std::time::Instant::now() < end, "what is over is removed");
        std::thread::yield_now();
    }
}
