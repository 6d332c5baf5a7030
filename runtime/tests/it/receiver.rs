//! Receivers on loopback that behave in every way.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fieldproof_runtime::watch::client::{Client, KEPT, Request, Settings};
use fieldproof_runtime::watch::guard::Guard;
use http::{HeaderMap, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// What a receiver does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Play {
    /// Answers, and keeps the connection.
    Say(String),
    /// Answers after a while, and keeps the connection.
    Later(Duration, String),
    /// Answers, and ends the connection with a reset.
    SayAndReset(String),
    /// Ends the connection with a reset.
    Reset,
    /// Does nothing.
    Silence,
    /// Says the first, then the second for ever, with a pause before each.
    Endless(String, String, Duration),
}

/// An answer of HTTP/1.1 with a body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Play {
    let length = body.len();
    Play::Say(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}"
    ))
}

/// A receiver, and what it saw.
#[derive(Debug, Clone)]
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Receiver {
    /// Listens on loopback; `play` says what happens to a request.
    pub(crate) async fn start(play: impl Fn(&str) -> Play + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (seen, play) = (receiver.clone(), Arc::new(play));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.connections.fetch_add(1, Ordering::SeqCst);
                let (seen, play) = (seen.clone(), Arc::clone(&play));
                // An error is the client that went away.
                tokio::spawn(async move { drop(serve(stream, &seen, &*play).await) });
            }
        });
        receiver
    }

    /// Plays the same to each request.
    pub(crate) async fn always(play: Play) -> Self {
        Self::start(move |_| play.clone()).await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Requests as they came, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    seen: &Receiver,
    play: &(impl Fn(&str) -> Play + Sync),
) -> io::Result<()> {
    loop {
        let request = read(&mut stream).await?;
        seen.requests.lock().unwrap().push(request.clone());
        match play(&request) {
            Play::Say(text) => stream.write_all(text.as_bytes()).await?,
            Play::Later(pause, text) => {
                sleep(pause).await;
                stream.write_all(text.as_bytes()).await?;
            }
            Play::SayAndReset(text) => {
                stream.write_all(text.as_bytes()).await?;
                return reset(stream).await;
            }
            Play::Reset => return reset(stream).await,
            Play::Silence => std::future::pending().await,
            Play::Endless(first, again, pause) => {
                stream.write_all(first.as_bytes()).await?;
                loop {
                    sleep(pause).await;
                    stream.write_all(again.as_bytes()).await?;
                }
            }
        }
    }
}

/// The next request: head and body.
async fn read(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Ok(text.into_owned());
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

async fn reset(stream: TcpStream) -> io::Result<()> {
    // What was said is on its way before the reset overtakes it.
    sleep(Duration::from_millis(20)).await;
    stream.set_zero_linger()
}

/// A client that may reach this machine.
pub(crate) fn client() -> Client {
    Client::new(settings()).unwrap()
}

/// How such a client works.
pub(crate) fn settings() -> Settings {
    let loopback = ["127.0.0.0/8", "::1"].map(|block| block.parse().unwrap());
    Settings::new(Guard::new(loopback.to_vec(), Vec::new()))
}

/// A `POST` of a small body that may take two seconds.
pub(crate) fn post(url: impl Into<String>) -> Request {
    Request {
        method: Method::POST,
        url: url.into(),
        headers: HeaderMap::new(),
        body: "{}".into(),
        time_out: Duration::from_secs(2),
        keep: KEPT,
        once: false,
    }
}
