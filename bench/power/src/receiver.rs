//! A receiver of notifications, which takes them all.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::history::now;

/// A notification that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// When it was there, before it was answered.
    pub(crate) time: u64,
    /// The object that changed.
    pub(crate) object: String,
    /// The number of the event.
    pub(crate) number: u64,
}

/// A receiver on loopback, which ends with the program.
pub(crate) struct Receiver {
    pub(crate) url: String,
    taken: Arc<Mutex<Vec<Told>>>,
}

impl Receiver {
    pub(crate) fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}/in", listener.local_addr()?);
        let taken = Arc::<Mutex<Vec<Told>>>::default();
        let own = Arc::clone(&taken);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let taken = Arc::clone(&own);
                thread::spawn(move || serve(stream, &taken));
            }
        });
        Ok(Self { url, taken })
    }

    /// What was taken since this was asked last.
    pub(crate) fn take(&self) -> Vec<Told> {
        std::mem::take(&mut *hold(&self.taken))
    }
}

fn hold(taken: &Mutex<Vec<Told>>) -> MutexGuard<'_, Vec<Told>> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers the requests of a connection until it ends.
fn serve(stream: TcpStream, taken: &Mutex<Vec<Told>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        let (mut object, mut number) = (String::new(), 0);
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let value = value.trim();
            let first = |text: &str| text.split('-').next().and_then(|one| one.parse().ok());
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or_default(),
                "x-watch-resource-id" => value.clone_into(&mut object),
                "webhook-id" => number = first(value).unwrap_or_default(),
                _ => {}
            }
        }
        reader.read_exact(&mut vec![0; length])?;
        let time = now();
        hold(taken).push(Told {
            time,
            object,
            number,
        });
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        reader.get_mut().write_all(answer)?;
    }
}
