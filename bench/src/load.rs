//! The load: connections that each wait for their answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::server::{Server, TOKEN};
use crate::workload::{FIRST_ADDED, Request, Workload, created};

/// Number of connections that fill a server before the measurement.
const FILLING: usize = 16;

/// The measurement of one round.
pub(crate) struct Sample {
    /// Answered requests per second.
    pub(crate) rate: f64,
    /// Answered requests per second of CPU time of the server's processes.
    pub(crate) per_cpu: f64,
}

/// Requests to one server.
pub(crate) struct Load<'s> {
    server: &'s Server,
    ids: Vec<String>,
    next: AtomicU64,
}

impl<'s> Load<'s> {
    /// Fills the server with `rows` profiles.
    pub(crate) fn fill(server: &'s Server, rows: u64) -> Self {
        let next = AtomicU64::new(0);
        let own = |connection: &mut Connection| {
            let mut ids = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= rows {
                    return ids;
                }
                ids.push(id(&connection.ask(&created(number))));
            }
        };
        let ids = over(server, FILLING, own).concat();
        Self {
            server,
            ids,
            next: AtomicU64::new(FIRST_ADDED),
        }
    }

    /// The objects that the server answers with to a request that is asked of another one as well,
    /// in the order of their names, and without what each server makes up.
    pub(crate) fn objects(&self, workload: Workload) -> Vec<String> {
        let address = self.server.addresses().next().expect("a process");
        let asked = workload.request(FIRST_ADDED - 1, &self.ids);
        let answer = Connection::open(address).ask(&asked);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        let items = answer.as_array().cloned().unwrap_or(vec![answer]);
        let mut objects: Vec<String> = items.into_iter().map(without_made).collect();
        objects.sort();
        objects
    }

    /// Sends requests of one workload over `clients` connections for `time`.
    pub(crate) fn run(&self, workload: Workload, clients: usize, time: Duration) -> Sample {
        let (busy, start) = (self.server.cpu(), Instant::now());
        let own = |connection: &mut Connection| {
            let mut answered = 0_u64;
            while start.elapsed() < time {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                connection.ask(&workload.request(number, &self.ids));
                answered += 1;
            }
            answered
        };
        let answered = over(self.server, clients, own).iter().sum::<u64>() as f64;
        let seconds = start.elapsed().as_secs_f64();
        let busy = (self.server.cpu() - busy).as_secs_f64();
        Sample {
            rate: answered / seconds,
            per_cpu: answered / busy.max(0.01),
        }
    }
}

/// Runs `work` on each of `clients` connections, which take turns among the processes.
fn over<T: Send>(
    server: &Server,
    clients: usize,
    work: impl Fn(&mut Connection) -> T + Sync,
) -> Vec<T> {
    thread::scope(|scope| {
        let workers: Vec<ScopedJoinHandle<'_, T>> = server
            .addresses()
            .cycle()
            .take(clients)
            .map(|address| scope.spawn(|| work(&mut Connection::open(address))))
            .collect();
        let ended = |worker: ScopedJoinHandle<'_, T>| worker.join().expect("a connection works");
        workers.into_iter().map(ended).collect()
    })
}

/// The text of an object without identifiers and times.
fn without_made(mut object: Value) -> String {
    let strip = |one: &mut Value| {
        if let Some(members) = one.as_object_mut() {
            members.retain(|name, _| !name.ends_with("Id") && !name.ends_with("Time"));
        }
    };
    strip(&mut object);
    let contacts = object["contacts"].as_array_mut();
    contacts.into_iter().flatten().for_each(strip);
    object.to_string()
}

fn id(body: &str) -> String {
    let body: Value = serde_json::from_str(body).expect("an object");
    let id = body["profileId"].as_str();
    id.expect("its identifier").to_owned()
}

/// A connection that waits for each answer.
pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
}

impl Connection {
    pub(crate) fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        Self {
            reader: BufReader::new(stream),
        }
    }

    /// Sends a request and returns the body of its answer.
    pub(crate) fn ask(&mut self, request: &Request) -> String {
        let Request {
            method,
            target,
            body,
        } = request;
        let head = format!(
            "{method} {target} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let stream = self.reader.get_mut();
        stream
            .write_all(head.as_bytes())
            .expect("a request is sent");
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("an answer");
        let answered = line.contains(" 20");
        let (mut length, status) = (0, line.clone());
        loop {
            line.clear();
            self.reader.read_line(&mut line).expect("a header");
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut text = vec![0; length];
        self.reader.read_exact(&mut text).expect("a body");
        let text = String::from_utf8(text).expect("text");
        assert!(answered, "{method} {target} {body}: {status} {text}");
        text
    }
}
