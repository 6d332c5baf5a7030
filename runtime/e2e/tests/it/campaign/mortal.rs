//! A server that is killed repeatedly.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::deliveries::ARGS;
use crate::measures::{backlog, metrics};
use crate::server::Server;

/// A server and its current address.
pub(super) struct Mortal {
    server: Mutex<Option<Server>>,
    address: Mutex<String>,
}

/// A claim that was never settled: the delivery and its fence.
pub(super) type Claim = (String, i64);

impl Mortal {
    pub(super) fn new(server: Server) -> Self {
        Self {
            address: Mutex::new(server.address.clone()),
            server: Mutex::new(Some(server)),
        }
    }

    fn server(&self) -> MutexGuard<'_, Option<Server>> {
        self.server.lock().unwrap()
    }

    /// Kills the server and starts it again; returns the claims in progress.
    pub(super) fn kill(&self) -> Vec<Claim> {
        let server = self.server().take().unwrap();
        // While it is stopped, nothing changes between reading the claims and the kill.
        server.stop();
        let claims = on_their_way(&server.data);
        let next = Server::start_in(server.kill(), ARGS);
        self.address.lock().unwrap().clone_from(&next.address);
        *self.server() = Some(next);
        claims
    }

    /// The current address.
    pub(super) fn address(&self) -> String {
        self.address.lock().unwrap().clone()
    }

    /// The number of open deliveries.
    pub(super) fn backlog(&self) -> u64 {
        backlog(&metrics(self.server().as_ref().unwrap()))
    }

    /// Sends a change until it is acknowledged.
    pub(super) fn change(&self, token: &str, path: &str, body: &str) {
        let end = Instant::now() + Duration::from_secs(120);
        loop {
            let address = self.address();
            if is_done(&address, token, path, body) {
                return;
            }
            assert!(Instant::now() < end, "no answer to {body}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The number of logged attempts for a delivery without a response.
    pub(super) fn unanswered(&self, id: &str) -> usize {
        let server = self.server();
        let database = open(&server.as_ref().unwrap().data);
        let sql = "SELECT count(*) FROM requests WHERE c_webhook_id = ?1
            AND json_extract(body, '$.error') IS NOT NULL";
        let count: i64 = database.query_row(sql, [id], |row| row.get(0)).unwrap();
        usize::try_from(count).unwrap()
    }
}

fn open(data: &Path) -> Connection {
    let file = data.join("fieldproof.sqlite3");
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn on_their_way(data: &Path) -> Vec<Claim> {
    let database = open(data);
    let sql = "SELECT id, fence FROM deliveries WHERE owner IS NOT NULL";
    let mut query = database.prepare(sql).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let claims: BTreeSet<Claim> = rows.unwrap().map(Result::unwrap).collect();
    claims.into_iter().collect()
}

/// Sends a change, and tells whether it was acknowledged. A killed server's port may belong to
/// somebody else, whose answer does not carry the version of an object.
fn is_done(address: &str, token: &str, path: &str, body: &str) -> bool {
    let head = put(address, token, path, body).unwrap_or_default();
    head.starts_with("HTTP/1.1 200") && head.to_ascii_lowercase().contains("\netag:")
}

/// Sends a change, and returns the head of the response, if there is one.
fn put(address: &str, token: &str, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .ok()?;
    let length = body.len();
    let request = format!(
        "PUT {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = String::new();
    let mut lines = BufReader::new(stream);
    while !head.ends_with("\n\r\n") && lines.read_line(&mut head).ok()? > 0 {}
    Some(head)
}
