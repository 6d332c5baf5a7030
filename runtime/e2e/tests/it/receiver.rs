//! A receiver of notifications that fails as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A notification that was accepted.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    /// The request line and the header fields, names in lower case.
    pub(crate) head: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) at: Instant,
}

impl Taken {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.head.iter().find(|(one, _)| one == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// How a receiver responds.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// Number of failing requests in 100.
    failing: usize,
    /// Number of requests at the start that are never answered.
    silent: usize,
    /// Delay of a response.
    slow: Duration,
    /// Status of a response that is not a failure.
    usual: &'static str,
    /// Body of such a response.
    says: Says,
}

impl Manner {
    const GOOD: Self = Self {
        failing: 0,
        silent: 0,
        slow: Duration::ZERO,
        usual: "200 OK",
        says: Says::Nothing,
    };
}

/// The body of a response.
#[derive(Debug, Clone, Copy)]
enum Says {
    Nothing,
    Text(&'static str),
    /// The head of the request.
    Head,
}

impl Says {
    fn about(self, taken: &Taken) -> String {
        let line = |(name, value): &(String, String)| format!("{name}: {value}\n");
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.to_owned(),
            Self::Head => taken.head.iter().map(line).collect(),
        }
    }
}

/// A receiver on loopback.
pub(crate) struct Receiver {
    pub(crate) url: String,
    taken: Arc<Mutex<Vec<Taken>>>,
    asked: Arc<AtomicUsize>,
}

impl Receiver {
    /// Accepts everything, except for `failing` of 100 requests.
    pub(crate) fn start(failing: usize) -> Self {
        Self::answering(Manner {
            failing,
            ..Manner::GOOD
        })
    }

    /// Accepts everything except the first requests, which are never answered.
    pub(crate) fn silent(requests: usize) -> Self {
        Self::answering(Manner {
            silent: requests,
            ..Manner::GOOD
        })
    }

    /// Accepts everything, but responds late.
    pub(crate) fn slow(time: Duration) -> Self {
        Self::answering(Manner {
            slow: time,
            ..Manner::GOOD
        })
    }

    /// Responds to everything with a text.
    pub(crate) fn saying(text: &'static str) -> Self {
        Self::answering(Manner {
            says: Says::Text(text),
            ..Manner::GOOD
        })
    }

    /// Refuses everything with 401, and returns the head of the request.
    pub(crate) fn echo() -> Self {
        Self::answering(Manner {
            usual: "401 Unauthorized",
            says: Says::Head,
            ..Manner::GOOD
        })
    }

    /// Refuses everything with 410, for good.
    pub(crate) fn gone() -> Self {
        Self::answering(Manner {
            usual: "410 Gone",
            ..Manner::GOOD
        })
    }

    fn answering(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        let taken: Arc<Mutex<Vec<Taken>>> = Arc::default();
        let asked: Arc<AtomicUsize> = Arc::default();
        let (all, count) = (Arc::clone(&taken), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (all, count) = (Arc::clone(&all), Arc::clone(&count));
                thread::spawn(move || serve(&stream, &all, &count, manner));
            }
        });
        Self { url, taken, asked }
    }

    /// The notifications accepted so far, in order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// The number of requests received.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until `count` notifications were accepted, for at most `seconds`.
    pub(crate) fn wait(&self, count: usize, seconds: u64) -> Vec<Taken> {
        let end = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < end && self.taken.lock().unwrap().len() < count {
            thread::sleep(Duration::from_millis(10));
        }
        self.taken()
    }
}

fn serve(stream: &TcpStream, all: &Mutex<Vec<Taken>>, count: &AtomicUsize, manner: Manner) {
    let usual = manner.usual;
    let mut reader = BufReader::new(stream);
    while let Some(taken) = read(&mut reader) {
        let number = count.fetch_add(1, Ordering::SeqCst);
        if number < manner.silent {
            // Waits until the other side gives up.
            let _ = reader.read(&mut [0]);
            return;
        }
        // Spreads failures over requests, and kinds of failure over failures.
        let fails = (number.wrapping_mul(0x9e37_79b9) >> 7) % 100 < manner.failing;
        let mut writer = stream;
        let answered = match (fails, number % 5) {
            (false, _) => {
                let says = manner.says.about(&taken);
                all.lock().unwrap().push(taken);
                thread::sleep(manner.slow);
                let length = says.len();
                write!(
                    writer,
                    "HTTP/1.1 {usual}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{says}"
                )
            }
            (true, 0) => writer.write_all(b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"),
            // Neither responds nor closes the connection.
            (true, 1) => {
                thread::sleep(Duration::from_secs(2));
                return;
            }
            (true, 2) => return,
            (true, 3) => {
                let _ = writer.write_all(b"HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n");
                while writer.write_all(b"400\r\n").is_ok() {
                    if writer
                        .write_all(&[b'x'; 1_024])
                        .and(writer.write_all(b"\r\n"))
                        .is_err()
                    {
                        return;
                    }
                }
                return;
            }
            (true, _) => {
                for byte in b"HTTP/1.1 200 OK\r\n" {
                    if writer.write_all(&[*byte]).is_err() {
                        return;
                    }
                    thread::sleep(Duration::from_millis(100));
                }
                return;
            }
        };
        if answered.is_err() {
            return;
        }
    }
}

/// Reads one complete request.
fn read(reader: &mut BufReader<&TcpStream>) -> Option<Taken> {
    let mut head = Vec::new();
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|count| *count > 0)?;
    head.push((String::new(), line.trim_end().to_owned()));
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        head.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = head.iter().find(|(name, _)| name == "content-length");
    let length = length
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Taken {
        head,
        body: String::from_utf8_lossy(&body).into_owned(),
        at: Instant::now(),
    })
}
