//! Servers that are killed and started again.

use std::fmt;
use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::super::client::{self, Answer};
use super::super::server::{ARGS, Server, program};
use super::super::shared::{on, server};

/// Where the objects are.
pub(super) enum Data {
    /// In a folder of one server.
    Own(PathBuf),
    /// In a database of several.
    Shared(String),
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Own(_) => "sqlite",
            Self::Shared(_) => "postgres",
        })
    }
}

impl Data {
    fn server(&self) -> Server {
        match self {
            Self::Own(folder) => Server::start_in(folder.clone(), ARGS),
            Self::Shared(url) => server(url, ARGS),
        }
    }

    /// A token that no server of another test knows, because the port of a killed server may
    /// soon be another one's.
    fn token(&self) -> String {
        let create = ["token", "create", "--scope", "agents", "--scope", "depots"];
        let mut command = match self {
            Self::Own(folder) => {
                let mut command: Command = program(&create);
                command.env("FIELDPROOF_DATA", folder);
                command
            }
            Self::Shared(url) => on(url, &create),
        };
        let made = command.output().unwrap();
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }
}

/// Running servers over the same objects.
pub(super) struct Servers<'d> {
    data: &'d Data,
    token: String,
    running: Vec<Mutex<Option<Server>>>,
    addresses: Vec<Mutex<String>>,
    next: AtomicUsize,
    /// How long each start took.
    times: Mutex<Vec<Duration>>,
}

impl<'d> Servers<'d> {
    pub(super) fn start(data: &'d Data, count: usize) -> Self {
        let all: Vec<Server> = (0..count).map(|_| data.server()).collect();
        let address = |one: &Server| Mutex::new(one.address.clone());
        Self {
            data,
            token: data.token(),
            addresses: all.iter().map(address).collect(),
            running: all.into_iter().map(|one| Mutex::new(Some(one))).collect(),
            next: AtomicUsize::new(0),
            times: Mutex::default(),
        }
    }

    /// Kills one server, and starts another in its place.
    pub(super) fn kill(&self, number: usize) {
        let at = number % self.running.len();
        let mut running = self.running[at].lock().unwrap();
        let left = running.take().unwrap().kill();
        if matches!(self.data, Data::Shared(_)) {
            let _ = std::fs::remove_dir_all(left);
        }
        let start = Instant::now();
        let next = self.data.server();
        let ask = || client::raw(&next, b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n");
        while ask().is_none_or(|answer| answer.status != 200) {
            sleep(Duration::from_millis(5));
        }
        self.times.lock().unwrap().push(start.elapsed());
        self.addresses[at].lock().unwrap().clone_from(&next.address);
        *running = Some(next);
    }

    /// Lets one server stand still for a while.
    pub(super) fn suspend(&self, number: usize, time: Duration) {
        let running = self.running[number % self.running.len()].lock().unwrap();
        let server = running.as_ref().unwrap();
        server.stop();
        sleep(time);
        let id = server.id().to_string();
        let went_on = Command::new("kill").args(["-CONT", &id]).status();
        assert!(went_on.unwrap().success());
    }

    /// A connection to the next server.
    fn connect(&self) -> Option<TcpStream> {
        let at = self.next.fetch_add(1, Ordering::Relaxed) % self.addresses.len();
        let address = self.addresses[at].lock().unwrap().clone();
        TcpStream::connect(address).ok()
    }

    fn request(&self, method: &str, target: &str, head: &str, body: &str) -> String {
        let (token, length) = (&self.token, body.len());
        format!(
            "{method} {target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n{head}\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
    }

    /// Sends a request to the next server, and leaves without its answer.
    pub(super) fn abandon(&self, method: &str, target: &str, head: &str, body: &str) {
        let request = self.request(method, target, head, body);
        if let Some(mut stream) = self.connect() {
            // A server that was killed takes nothing.
            let _ = stream.write_all(request.as_bytes());
        }
    }

    /// Sends a request to the next server, once; it may not answer.
    pub(super) fn send(
        &self,
        method: &str,
        target: &str,
        head: &str,
        body: &str,
    ) -> Option<Answer> {
        let request = self.request(method, target, head, body);
        let answer = client::on(self.connect()?, request.as_bytes())?;
        // A server that is not ours does not know the token.
        (answer.status != 401).then_some(answer)
    }

    /// Sends a request to one server after the other until one has done or refused it.
    pub(super) fn insist(
        &self,
        method: &str,
        target: &str,
        head: &str,
        body: &Value,
    ) -> (u16, Value) {
        let end = Instant::now() + Duration::from_secs(120);
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        loop {
            match self.send(method, target, head, &body) {
                // It is busy or stops, or has not answered the same request yet.
                Some(answer) if answer.status == 503 || in_progress(&answer) => {}
                Some(answer) => return (answer.status, answer.json()),
                None => {}
            }
            assert!(Instant::now() < end, "no answer to {method} {target}");
            sleep(Duration::from_millis(3));
        }
    }

    /// Reads what a path shows.
    pub(super) fn read(&self, target: &str) -> Answer {
        let end = Instant::now() + Duration::from_secs(120);
        loop {
            if let Some(answer) = self
                .send("GET", target, "", "")
                .filter(|one| one.status != 503)
            {
                return answer;
            }
            assert!(Instant::now() < end, "no answer to GET {target}");
            sleep(Duration::from_millis(3));
        }
    }

    /// How long the starts took until the server was ready, in order.
    pub(super) fn times(&self) -> Vec<Duration> {
        let mut times = self.times.lock().unwrap().clone();
        times.sort();
        times
    }
}

/// Whether a request with the same idempotency key is being worked on.
fn in_progress(answer: &Answer) -> bool {
    answer.status == 409 && answer.json()["code"] == "in_progress"
}
