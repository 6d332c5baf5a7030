//! A server of the suite that receives notifications.

use std::collections::{HashMap, VecDeque};
use std::io::BufReader;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::http::{read, write};
use crate::model::{Reply, Request};

/// A server that stores the requests it receives, by path. It starts to listen when an
/// inbox is first requested, and does so until the program ends.
#[derive(Debug)]
pub struct Receiver {
    host: IpAddr,
    address: OnceLock<Result<SocketAddr, String>>,
    /// Why no request arrives, if a test request was lost; unset before the test.
    missed: OnceLock<Option<String>>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    boxes: Mutex<HashMap<String, Contents>>,
    came: Condvar,
}

#[derive(Debug, Default)]
struct Contents {
    taken: Vec<Request>,
    answers: VecDeque<Answer>,
    last: Option<Answer>,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The delay before it is sent.
    pub(crate) after: Duration,
    /// The answer that is sent.
    pub(crate) reply: Reply,
}

impl Answer {
    /// An immediate answer with a status only.
    pub(crate) fn status(status: u16) -> Self {
        let reply = Reply {
            status,
            ..Reply::default()
        };
        Self {
            after: Duration::ZERO,
            reply,
        }
    }

    /// An immediate answer with JSON.
    pub(crate) fn json(body: &serde_json::Value) -> Self {
        let label = ("content-type".to_owned(), "application/json".to_owned());
        let reply = Reply {
            status: 200,
            headers: vec![label],
            body: body.to_string(),
        };
        Self {
            reply,
            ..Self::status(200)
        }
    }
}

/// One path of a receiver.
#[derive(Debug, Clone)]
pub(crate) struct Inbox {
    /// The address to send to.
    pub(crate) url: String,
    path: String,
    shared: Arc<Shared>,
}

impl Receiver {
    /// A receiver that listens on an address of this machine.
    #[must_use]
    pub fn on(host: IpAddr) -> Self {
        Self {
            host,
            address: OnceLock::new(),
            missed: OnceLock::new(),
            shared: Arc::default(),
        }
    }

    /// A new inbox below `name`.
    ///
    /// # Errors
    /// No port is free.
    pub(crate) fn inbox(&self, name: &str) -> Result<Inbox, String> {
        let start = || self.start().map_err(|error| error.to_string());
        let address = self.address.get_or_init(start).clone()?;
        Ok(Inbox {
            url: format!("http://{address}/{name}"),
            path: format!("/{name}"),
            shared: Arc::clone(&self.shared),
        })
    }

    /// Why no request arrives, as `tried` finds out on the first call; concurrent callers
    /// wait.
    pub(crate) fn missed(&self, tried: impl FnOnce() -> Option<String>) -> Option<String> {
        self.missed.get_or_init(tried).clone()
    }

    fn start(&self) -> std::io::Result<SocketAddr> {
        let listener = TcpListener::bind((self.host, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::clone(&self.shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &shared));
            }
        });
        Ok(address)
    }
}

/// Serves a connection until it ends.
fn serve(stream: &TcpStream, shared: &Shared) -> Option<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, stream).ok()? {
        let answer = shared.take(request);
        std::thread::sleep(answer.after);
        write(stream, &answer.reply, false).ok()?;
    }
    Some(())
}

impl Shared {
    fn boxes(&self) -> MutexGuard<'_, HashMap<String, Contents>> {
        self.boxes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, request: Request) -> Answer {
        let mut boxes = self.boxes();
        let own = boxes.entry(request.path.clone()).or_default();
        own.taken.push(request);
        let next = own.answers.pop_front().or_else(|| own.last.clone());
        self.came.notify_all();
        next.unwrap_or_else(|| Answer::status(204))
    }
}

impl Inbox {
    /// The URL of the receiver without the path of this inbox.
    pub(crate) fn host(&self) -> &str {
        self.url.strip_suffix(&self.path).unwrap_or(&self.url)
    }

    /// Sets the answers to the next requests; later ones get 204, or the answer set by
    /// `always`.
    pub(crate) fn answer(&self, answers: Vec<Answer>) {
        let mut boxes = self.shared.boxes();
        boxes.entry(self.path.clone()).or_default().answers = answers.into();
    }

    /// Sets the answer to all requests that get none from `answer`.
    pub(crate) fn always(&self, answer: Answer) {
        let mut boxes = self.shared.boxes();
        boxes.entry(self.path.clone()).or_default().last = Some(answer);
    }

    /// The requests received so far.
    pub(crate) fn taken(&self) -> Vec<Request> {
        let boxes = self.shared.boxes();
        boxes
            .get(&self.path)
            .map_or(Vec::new(), |own| own.taken.clone())
    }

    /// Waits until the received requests are `enough` or the time is up; returns whether
    /// they are.
    pub(crate) fn wait(&self, patience: Duration, enough: impl Fn(&[Request]) -> bool) -> bool {
        let mut boxes = self.shared.boxes();
        let end = Instant::now() + patience;
        loop {
            let taken = boxes.get(&self.path).map_or(&[][..], |own| &own.taken);
            if enough(taken) {
                return true;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let woken = self.shared.came.wait_timeout(boxes, left);
            boxes = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
