//! The load: a few connections that each wait for their response.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::Value;

use crate::server::{Server, TOKEN};

/// Number of concurrent connections.
pub(crate) const CONNECTIONS: usize = 8;

/// The measurements of one round.
pub(crate) struct Sample {
    pub(crate) requests: usize,
    pub(crate) seconds: f64,
}

pub(crate) struct Load {
    address: String,
    ids: Vec<String>,
    count: AtomicUsize,
}

impl Load {
    pub(crate) fn new(server: &Server) -> Self {
        Self {
            address: server.address.clone(),
            ids: Vec::new(),
            count: AtomicUsize::new(0),
        }
    }

    /// Creates objects to read and change.
    pub(crate) fn fill(&mut self, objects: usize) {
        let bodies = self.each(objects, |load, _, connection| {
            connection.send("POST", "/profiles", &load.body())
        });
        self.ids = bodies.iter().map(|body| id(body)).collect();
    }

    /// Sends `count` requests of one operation over all connections.
    pub(crate) fn run(&mut self, name: &str, count: usize) -> Sample {
        let started = Instant::now();
        let answers = self.each(count, |load, at, connection| {
            let id = &load.ids[at.wrapping_mul(7_919) % load.ids.len()];
            match name {
                "get" => connection.send("GET", &format!("/profiles/{id}"), ""),
                "list 50" => connection.send(
                    "GET",
                    &format!("/profiles?limit=50&offset={}", at % 1_000),
                    "",
                ),
                "create" => connection.send("POST", "/profiles", &load.body()),
                _ => connection.send(
                    "PUT",
                    &format!("/profiles/{id}"),
                    &format!("{{\"lastName\":\"n{at}x{}\"}}", load.next()),
                ),
            }
        });
        let seconds = started.elapsed().as_secs_f64();
        Sample {
            requests: answers.len(),
            seconds,
        }
    }

    fn next(&self) -> usize {
        self.count.fetch_add(1, Ordering::Relaxed)
    }

    fn body(&self) -> String {
        let number = self.next();
        format!(
            "{{\"firstName\":\"Given{number}\",\"lastName\":\"Family\",\"middleName\":null,\"countryNumericCode\":\"840\",\"uuid\":\"u{number}\"}}"
        )
    }

    fn each(
        &self,
        count: usize,
        send: impl Fn(&Self, usize, &mut Connection) -> String + Sync,
    ) -> Vec<String> {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..CONNECTIONS)
                .map(|worker| {
                    let send = &send;
                    scope.spawn(move || {
                        let mut connection = Connection::open(&self.address);
                        let own = (worker..count).step_by(CONNECTIONS);
                        own.map(|at| send(self, at, &mut connection))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().expect("a connection that works"))
                .collect()
        })
    }
}

fn id(body: &str) -> String {
    let body: Value = serde_json::from_str(body).expect("an object");
    body["profileId"]
        .as_str()
        .expect("its identifier")
        .to_owned()
}

/// A connection that waits for each response.
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

    pub(crate) fn send(&mut self, method: &str, target: &str, body: &str) -> String {
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.reader
            .get_mut()
            .write_all(request.as_bytes())
            .expect("a request is sent");
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("an answer");
        assert!(line.contains(" 20"), "{method} {target}: {line}");
        let mut length = 0;
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
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).expect("a body");
        String::from_utf8(body).expect("text")
    }
}
