use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::client::{raw, send};
use super::server::{Server, TOKEN};

const SHELVES: &str = "/library/shelves";

#[test]
fn bad_requests_get_their_answer_and_none_is_a_500() {
    let server = Server::start(&[]);
    let long = "x".repeat(10 << 20);
    let cases: &[(u16, &str, &str, &str)] = &[
        (400, "POST", SHELVES, "not json"),
        (422, "POST", SHELVES, "[]"),
        (
            422,
            "POST",
            SHELVES,
            &format!("{{\"label\":\"{}\"}}", "😀".repeat(61)),
        ),
        (
            201,
            "POST",
            SHELVES,
            &format!("{{\"label\":\"{}\"}}", "😀".repeat(60)),
        ),
        (422, "POST", SHELVES, "{\"label\":\"a\\u0000b\"}"),
        (400, "POST", SHELVES, "{\"label\":\"\\ud800\"}"),
        (400, "POST", SHELVES, "{\"label\":\"ab\",\"label\":\"cd\"}"),
        (422, "POST", SHELVES, "{\"label\":5}"),
        (
            422,
            "POST",
            SHELVES,
            "{\"label\":\"ab\",\"capacity\":99999999999999999999}",
        ),
        (
            422,
            "POST",
            SHELVES,
            "{\"label\":\"ab\",\"books\":[{\"medium\":\"mail\",\"contact\":\"a@b\"},{\"medium\":\"mail\"}]}",
        ),
        (413, "POST", SHELVES, &long),
        (400, "GET", "/library/shelves?zzz=1", ""),
        (400, "GET", "/library/shelves?order=zzz", ""),
        (400, "GET", "/library/shelves?limit=-1", ""),
        (400, "GET", "/library/shelves?limit=101", ""),
        (400, "GET", "/library/shelves?limit=0", ""),
        (400, "GET", "/library/shelves?offset=1e9", ""),
        (400, "GET", "/library/shelves?label=%ff", ""),
        (200, "GET", "/library/shelves?offset=1000000000", ""),
        (404, "GET", "/library/shelves/01", ""),
        (404, "GET", "/library/shelves/%00", ""),
        (404, "GET", "/library/shelves/..%2f..", ""),
        (404, "GET", "/library/shelves/", ""),
        (404, "GET", "/elsewhere", ""),
        (405, "DELETE", SHELVES, ""),
    ];
    for (status, method, target, body) in cases {
        let answer = send(&server, method, target, body);
        assert_eq!(
            answer.status,
            *status,
            "{method} {target} {}: {}",
            &body[..body.len().min(80)],
            answer.body
        );
        if *status >= 400 {
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{target}"
            );
            assert_eq!(answer.json()["status"], *status);
        }
    }
    // Only one of these requests stored an object.
    assert_eq!(
        send(&server, "GET", SHELVES, "").header("x-total-count"),
        Some("1")
    );
}

#[test]
fn what_is_not_http_ends_the_connection_and_nothing_else() {
    let server = Server::start(&[]);
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ] {
        let answer = raw(&server, bytes);
        assert!(
            answer.as_ref().is_none_or(|answer| answer.status < 500),
            "{answer:?}"
        );
    }
    let head = format!(
        "GET {SHELVES} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\nx: {}\r\n\r\n",
        "y".repeat(1 << 20)
    );
    let answer = raw(&server, head.as_bytes());
    assert!(
        answer.as_ref().is_none_or(|answer| answer.status == 431),
        "{answer:?}"
    );
    assert_eq!(send(&server, "GET", SHELVES, "").status, 200);
}

#[test]
fn a_client_that_never_finishes_its_head_is_let_go() {
    let server = Server::start(&[]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let started = Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(
        started.elapsed() < Duration::from_secs(25),
        "the connection was held"
    );
}

#[test]
fn one_bad_child_among_ten_leaves_nothing_behind() {
    let server = Server::start(&[]);
    let book = |at: usize, medium: &str| {
        format!("{{\"medium\":\"{medium}\",\"contact\":\"a{at}@b.c\",\"isbn\":\"i{at}\"}}")
    };
    let five: Vec<String> = (0..5)
        .map(|at| book(at, if at == 3 { "call" } else { "mail" }))
        .collect();
    let answer = send(
        &server,
        "POST",
        SHELVES,
        &format!("{{\"label\":\"ab\",\"books\":[{}]}}", five.join(",")),
    );
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["errors"][0]["pointer"], "/books/3/contact");
    assert_eq!(
        send(&server, "GET", SHELVES, "").header("x-total-count"),
        Some("0")
    );
    let good: Vec<String> = (0..5).map(|at| book(at, "mail")).collect();
    let answer = send(
        &server,
        "POST",
        SHELVES,
        &format!("{{\"label\":\"ab\",\"books\":[{}]}}", good.join(",")),
    );
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[test]
fn a_parent_takes_as_many_children_as_it_may_have() {
    let server = Server::start(&[]);
    let book = |at: usize| format!("{{\"medium\":\"mail\",\"contact\":\"a{at}@b.c\"}}");
    let five: Vec<String> = (0..5).map(book).collect();
    let shelf = format!("{{\"label\":\"ab\",\"books\":[{}]}}", five.join(","));
    let made = send(&server, "POST", SHELVES, &shelf).json();
    let books = format!("{SHELVES}/{}/books", made["shelfId"].as_str().unwrap());
    assert_eq!(send(&server, "POST", &books, &book(5)).status, 201);
    let answer = send(&server, "POST", &books, &book(6));
    assert_eq!(answer.json()["errors"][0]["code"], "too_many_items");
}
