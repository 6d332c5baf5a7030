//! A receiver that accepts notifications as fast as it can.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// A request: the header fields to send again, and the body.
#[derive(Clone)]
pub(crate) struct Taken {
    pub(crate) head: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The requests received so far.
#[derive(Default)]
struct Came {
    /// Notifications of changes, with their times of arrival.
    taken: Vec<(Instant, Taken)>,
    /// Pings that were refused once.
    refused: BTreeSet<String>,
}

type All = (Mutex<Came>, Condvar);

/// A receiver on loopback that refuses each ping permanently at first, and accepts it later.
pub(crate) struct Receiver {
    pub(crate) url: String,
    all: Arc<All>,
}

impl Receiver {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its number");
        let all = Arc::new(All::default());
        let own = Arc::clone(&all);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let all = Arc::clone(&own);
                std::thread::spawn(move || serve(&stream, &all));
            }
        });
        let url = format!("http://{address}/in");
        Self { url, all }
    }

    /// Forgets the received notifications.
    pub(crate) fn clear(&self) {
        self.all.0.lock().expect("no panic").taken.clear();
    }

    /// Waits for `count` notifications; returns them and their rate per second from the first
    /// to the last.
    pub(crate) fn wait(&self, count: usize) -> (Vec<Taken>, f64) {
        let all = self.all.0.lock().expect("no panic");
        let few = |all: &mut Came| all.taken.len() < count;
        let wait = self
            .all
            .1
            .wait_timeout_while(all, Duration::from_secs(300), few);
        let (all, wait) = wait.expect("no panic");
        let all = &all.taken;
        assert!(!wait.timed_out(), "{} of {count} came", all.len());
        let time = all[all.len() - 1].0 - all[0].0;
        let rate = (all.len() - 1) as f64 / time.as_secs_f64();
        (all.iter().map(|(_, taken)| taken.clone()).collect(), rate)
    }
}

fn serve(stream: &TcpStream, (all, came): &All) {
    stream.set_nodelay(true).expect("a socket option");
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(taken) = read(&mut reader) {
        let mut all = all.lock().expect("no panic");
        let value = |name| taken.head.iter().find(|(one, _)| one == name);
        let ping = value("x-watch-event").is_some_and(|(_, event)| event == "ping");
        let id = value("webhook-id")
            .map(|(_, id)| id.clone())
            .unwrap_or_default();
        let status = match ping && all.refused.insert(id) {
            true => "410 Gone",
            false => "200 OK",
        };
        if !ping {
            all.taken.push((Instant::now(), taken));
            came.notify_one();
        }
        drop(all);
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Reads one complete request.
fn read(reader: &mut BufReader<&TcpStream>) -> Option<Taken> {
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|count| *count > 0)?;
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match name {
            "content-length" => length = value.parse().ok()?,
            "host" => {}
            _ => head.push((name.to_owned(), value.to_owned())),
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Taken { head, body })
}
