//! Clients that send requests and never read.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::limits::Limits;
use super::patience::Pace;
use super::run;

const LIMITS: Limits = Limits {
    all: 4,
    each: 2,
    reserve: 2,
    pace: Pace {
        stall: Duration::from_millis(100),
        ..Pace::USUAL
    },
};

/// A server with one long response, for as long as the sender exists.
async fn server() -> (SocketAddr, oneshot::Sender<()>) {
    let long: &'static str = "x".repeat(4 << 20).leak();
    let router = Router::new()
        .route("/long", get(move || async move { long }))
        .route("/short", get(|| async { "short" }))
        .route("/healthz", get(|| async { "ok" }));
    let (stop, stopped) = oneshot::channel::<()>();
    let (ready, address) = oneshot::channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    tokio::spawn(async move {
        let end = async {
            let _ = stopped.await;
        };
        let told = |address| {
            let _ = ready.send(address);
        };
        run(listener, router, LIMITS, end, Duration::ZERO, told).await
    });
    (address.await.unwrap(), stop)
}

/// Requests a long response many times at once and reads none.
async fn deaf(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = "GET /long HTTP/1.1\r\nhost: x\r\n\r\n".repeat(500);
    stream.write_all(asked.as_bytes()).await.unwrap();
    stream
}

/// The first line of a response, and all of it.
async fn ask(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn whoever_asks_and_never_reads_keeps_nobody_from_asking_for_health() {
    let (address, _stop) = server().await;
    let deaf = [deaf(address).await, deaf(address).await];
    let refused = ask(address, "/short").await;
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("retry-after: 5"), "{refused}");
    assert!(refused.contains("connection: close"), "{refused}");
    // Idle connections beyond the bounds make room.
    let mut silent = Vec::new();
    for _ in 0..8 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    let healthy = ask(address, "/healthz").await;
    assert!(healthy.starts_with("HTTP/1.1 200"), "{healthy}");
    drop(deaf);
}

#[tokio::test]
async fn whoever_never_reads_loses_the_place() {
    let (address, _stop) = server().await;
    let _deaf = [deaf(address).await, deaf(address).await];
    while !ask(address, "/short").await.starts_with("HTTP/1.1 200") {
        tokio::task::yield_now().await;
    }
}
