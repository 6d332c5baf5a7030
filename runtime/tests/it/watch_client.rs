//! What the client makes of receivers.

use std::time::{Duration, Instant};

use fieldproof_runtime::watch::client::{Failure, Request};
use http::{HeaderValue, Method};
use tokio::time::sleep;

use super::receiver::{Play, Receiver, answer, client, post};

const OK: &str = "200 OK";

fn quick(url: String) -> Request {
    let time_out = Duration::from_millis(400);
    Request {
        time_out,
        ..post(url)
    }
}

#[tokio::test]
async fn an_answer_has_its_status_and_the_beginning_of_its_body() {
    let long = "0123456789abcdef".repeat(256);
    let receiver = Receiver::start(move |request| match request.split(' ').nth(1) {
        Some("/full") => answer(OK, "", &long),
        Some("/broken") => answer("500 Broken", "retry-after: 7\r\n", "no"),
        _ => answer("204 No Content", "", ""),
    })
    .await;
    let client = client();
    let full = client.send(&post(receiver.url("/full"))).await.unwrap();
    assert_eq!((full.status.as_u16(), full.whole), (200, false));
    assert_eq!(full.first_bytes.len(), 2_048);
    assert!(full.duration > Duration::ZERO);
    let broken = client.send(&post(receiver.url("/broken"))).await.unwrap();
    assert_eq!((broken.status.as_u16(), broken.whole), (500, true));
    assert_eq!(&broken.first_bytes[..], b"no");
    assert_eq!(broken.retry_after, Some(Duration::from_secs(7)));
    let empty = client.send(&post(receiver.url("/"))).await.unwrap();
    assert_eq!((empty.status.as_u16(), empty.retry_after), (204, None));
}

#[tokio::test]
async fn a_request_arrives_as_it_was_given() {
    let receiver = Receiver::always(answer(OK, "", "")).await;
    let mut request = Request {
        method: Method::PUT,
        body: "{\"a\":1}".into(),
        ..post(receiver.url("/b?c=d"))
    };
    let value = HeaderValue::from_static("e");
    request.headers.insert("x-one", value.clone());
    client().send(&request).await.unwrap();
    let seen = &receiver.requests()[0];
    let host = format!("\r\nhost: {}\r\n", receiver.address);
    assert!(seen.starts_with("PUT /b?c=d HTTP/1.1\r\n"), "{seen}");
    assert!(seen.ends_with("\r\n\r\n{\"a\":1}"), "{seen}");
    for line in [&host, "\r\nx-one: e\r\n", "\r\ncontent-length: 7\r\n"] {
        assert!(seen.contains(line), "{line} {seen}");
    }
    for name in ["host", "connection", "transfer-encoding", "proxy-anything"] {
        let mut request = request.clone();
        request.headers.insert(name, value.clone());
        let refused = client().send(&request).await;
        assert!(matches!(refused, Err(Failure::Request(_))), "{name}");
    }
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let other = Receiver::always(answer(OK, "", "")).await;
    let location = format!("location: {}\r\n", other.url("/"));
    for status in ["301 Moved", "302 Found", "307 Elsewhere", "308 Gone there"] {
        let receiver = Receiver::always(answer(status, &location, "")).await;
        let answer = client().send(&post(receiver.url("/"))).await.unwrap();
        assert!(answer.status.is_redirection(), "{status}");
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_fails() {
    let plain = |text: &str| Play::SayAndReset(text.to_owned());
    let large = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(17 * 1024));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(200));
    let cut = plain("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n123");
    for (play, failure) in [
        (Play::Reset, Failure::Reset),
        (plain("HTTP/1.1 200"), Failure::Reset),
        (cut, Failure::Reset),
        (plain(&large), Failure::HeadTooLarge),
        (plain(&many), Failure::HeadTooLarge),
        (plain("SSH-2.0-x\r\n\r\n"), Failure::Malformed),
    ] {
        let receiver = Receiver::always(play.clone()).await;
        let sent = client().send(&post(receiver.url("/"))).await;
        assert_eq!(sent, Err(failure), "{play:?}");
        assert_eq!(receiver.requests().len(), 1, "{play:?}");
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let sent = client().send(&post(format!("http://{closed}/"))).await;
    assert_eq!(sent, Err(Failure::Connect));
}

#[tokio::test]
async fn nothing_takes_longer_than_it_may() {
    let endless =
        |first: &str, again: &str, pause| Play::Endless(first.to_owned(), again.to_owned(), pause);
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    let second = Duration::from_secs(1);
    let pause = Duration::from_millis(50);
    for play in [
        Play::Silence,
        endless(head, "a", second),
        endless(head, "a", pause),
        endless("HTTP/1.1 200 OK\r\nx: ", "a", pause),
        endless("", "HTTP/1.1 100 Continue\r\n\r\n", pause),
    ] {
        let receiver = Receiver::always(play.clone()).await;
        let start = Instant::now();
        let sent = client().send(&quick(receiver.url("/"))).await;
        assert_eq!(sent, Err(Failure::TimeOut), "{play:?}");
        // All of the answer would take more than an hour.
        assert!(
            start.elapsed() < 5 * second,
            "{play:?} {:?}",
            start.elapsed()
        );
    }
}

#[tokio::test]
async fn of_an_endless_body_only_the_beginning_is_read() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();
    let chunk = format!("1000\r\n{}\r\n", "a".repeat(4_096));
    let receiver = Receiver::always(Play::Endless(head, chunk, Duration::ZERO)).await;
    let client = client();
    let request = Request {
        time_out: Duration::from_secs(30),
        ..post(receiver.url("/"))
    };
    let answer = client.send(&request).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.whole), (200, false));
    assert_eq!(answer.first_bytes.len(), 2_048);
    // Such a connection cannot be used again.
    client.send(&request).await.unwrap();
    assert_eq!(receiver.connections(), 2);
}

#[tokio::test]
async fn a_name_is_resolved_by_the_system() {
    let receiver = Receiver::always(answer(OK, "", "")).await;
    // It may stand for ::1 first, where nothing listens.
    let url = format!("http://localhost:{}/", receiver.address.port());
    assert!(client().send(&post(url)).await.is_ok());
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let receiver = Receiver::always(answer(OK, "", "fine")).await;
    let client = client();
    for _ in 0..100 {
        client.send(&post(receiver.url("/"))).await.unwrap();
    }
    assert_eq!(
        (receiver.connections(), receiver.requests().len()),
        (1, 100)
    );
    // What must not arrive twice does not risk that it is found dead.
    let once = Request {
        once: true,
        ..post(receiver.url("/"))
    };
    client.send(&once).await.unwrap();
    assert_eq!(receiver.connections(), 2);
}

#[tokio::test]
async fn a_connection_that_ended_meanwhile_is_made_anew() {
    let last = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    let receiver = Receiver::always(Play::SayAndReset(last.to_owned())).await;
    let client = client();
    for _ in 0..3 {
        client.send(&post(receiver.url("/"))).await.unwrap();
        sleep(Duration::from_millis(60)).await;
    }
    assert_eq!((receiver.connections(), receiver.requests().len()), (3, 3));
}

#[tokio::test]
async fn a_request_is_sent_again_only_when_a_used_connection_said_nothing() {
    // The second request of a connection gets what `then` plays.
    for (then, failure, requests) in [
        (Play::Reset, None, 3),
        (
            Play::SayAndReset("HTTP/1.1 200 OK\r\n".to_owned()),
            Some(Failure::Reset),
            2,
        ),
    ] {
        let count = std::sync::atomic::AtomicUsize::new(0);
        let receiver = Receiver::start(move |_| {
            match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                1 => then.clone(),
                _ => answer(OK, "", ""),
            }
        })
        .await;
        let client = client();
        client.send(&post(receiver.url("/"))).await.unwrap();
        let second = client.send(&post(receiver.url("/"))).await;
        assert_eq!(second.err(), failure);
        assert_eq!(receiver.requests().len(), requests);
    }
}
