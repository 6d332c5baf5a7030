//! A file that lists the objects that the suite created on a service and has not removed
//! yet.
//!
//! However the suite ends, the file tells what is left behind.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::credentials::Carried;
use super::{Exchange, Request, RoleTokens, Unreachable, resend};

/// The maximum length of a create's body in the journal.
const SHOWN: usize = 300;

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Note {
    /// A create is being sent.
    Asked { number: u64, request: String },
    /// The create was answered.
    Answered { number: u64 },
    /// An object was created, with the credentials of this caller.
    Made { url: String, caller: Carried },
    /// An object was removed, with everything below it.
    Removed { url: String },
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
    number: AtomicU64,
}

impl Journal {
    /// Creates a journal at `path`; an existing file is overwritten.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            file: Mutex::new(File::create(path)?),
            number: AtomicU64::new(0),
        })
    }

    /// Closes the journal; the file is removed if nothing is left behind.
    ///
    /// # Errors
    /// The file cannot be read or removed.
    pub fn end(&self) -> io::Result<Leftovers> {
        let left = Leftovers::read(&self.path)?;
        if left.is_nothing() {
            fs::remove_file(&self.path)?;
        }
        Ok(left)
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes a create that is about to be sent; returns its number.
    pub(super) fn asked(&self, request: &Request, url: &str) -> Option<u64> {
        let body = request.body.as_ref().filter(|_| request.method == "POST")?;
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let body: String = String::from_utf8_lossy(body).chars().take(SHOWN).collect();
        let request = format!("{} {url} {body}", request.method);
        self.write(&Note::Asked { number, request });
        Some(number)
    }

    /// Notes that a create did not reach the service.
    pub(super) fn unsent(&self, asked: Option<u64>) {
        if let Some(number) = asked {
            self.write(&Note::Answered { number });
        }
    }

    /// Notes the answer to a request.
    pub(super) fn answered(&self, asked: Option<u64>, exchange: &Exchange, made: Option<String>) {
        let done = exchange.status < 300;
        if let Some(url) = made {
            let caller = Carried::of(exchange);
            self.write(&Note::Made { url, caller });
        }
        if exchange.method == "DELETE" && (done || exchange.status == 404) {
            let url = exchange
                .url
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned();
            self.write(&Note::Removed { url });
        }
        if let Some(number) = asked {
            self.write(&Note::Answered { number });
        }
    }

    fn write(&self, note: &Note) {
        let mut line = serde_json::to_string(note).unwrap_or_default();
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // A full disk must not end the run: the report matters more.
        let _ = file.write_all(line.as_bytes());
    }
}

/// Objects that are left behind on a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// URLs of objects, each with the credentials of their creator.
    pub made: Vec<(String, Carried)>,
    /// Creates that were never answered.
    pub unknown: Vec<String>,
}

impl Leftovers {
    /// Reads the journal of a run.
    ///
    /// # Errors
    /// The file cannot be read or is not a journal.
    pub fn read(path: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let mut left = Self::default();
        let mut asked = Vec::new();
        for line in text.lines() {
            match serde_json::from_str(line) {
                Ok(Note::Asked { number, request }) => asked.push((number, request)),
                Ok(Note::Answered { number }) => asked.retain(|(other, _)| *other != number),
                Ok(Note::Made { url, caller }) => left.made.push((url, caller)),
                Ok(Note::Removed { url }) => {
                    let below = format!("{url}/");
                    left.made
                        .retain(|(one, _)| *one != url && !one.starts_with(&below));
                }
                // The last line may be incomplete if the suite was killed.
                Err(_) if !text.ends_with('\n') && text.ends_with(line) => {}
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            }
        }
        left.unknown = asked.into_iter().map(|(_, request)| request).collect();
        Ok(left)
    }

    /// Whether nothing is left behind.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.made.is_empty() && self.unknown.is_empty()
    }

    /// Removes the objects, newest first; returns those that were refused, with the status.
    ///
    /// # Errors
    /// The service does not answer.
    pub fn remove(&self, tokens: &RoleTokens) -> Result<Vec<(String, u16)>, Unreachable> {
        let mut stay = Vec::new();
        for (url, caller) in self.made.iter().rev() {
            let mut delete = Exchange {
                method: "DELETE".to_owned(),
                url: caller.address(url),
                headers: caller.header.iter().cloned().collect(),
                ..Exchange::default()
            };
            let mut status = resend(&delete, tokens, None)?.status;
            if status == 428 {
                // The API requires a version; any will do.
                delete.headers.push(("if-match".to_owned(), "*".to_owned()));
                status = resend(&delete, tokens, None)?.status;
            }
            if status >= 300 && status != 404 {
                stay.push((url.clone(), status));
            }
        }
        Ok(stay)
    }
}

#[cfg(test)]
mod tests {
    use super::Carried;
    use super::{Journal, Leftovers};
    use crate::harness::{Exchange, Request};

    fn exchange(method: &str, url: &str, status: u16) -> Exchange {
        Exchange {
            headers: vec![("x-api-key".to_owned(), "$TOKEN".to_owned())],
            method: method.to_owned(),
            url: url.to_owned(),
            body: Some(String::new()),
            status,
            ..Exchange::default()
        }
    }

    #[test]
    fn tells_what_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let journal = Journal::create(&path).unwrap();
        let post = Request::new("POST", "/a").bytes(b"{}".to_vec());
        for made in [Some("/a/1"), Some("/a/2"), Some("/a/1/b/3"), None] {
            let asked = journal.asked(&post, "http://h/a");
            let status = if made.is_some() { 201 } else { 409 };
            let url = made.map(|path| format!("http://h{path}"));
            journal.answered(asked, &exchange("POST", "http://h/a", status), url);
        }
        let gone = exchange("DELETE", "http://h/a/1?key=x", 204);
        journal.answered(None, &gone, None);
        journal.asked(&post, "http://h/a");
        let left = journal.end().unwrap();
        let caller = Carried {
            header: Some(("x-api-key".to_owned(), "$TOKEN".to_owned())),
            query: None,
        };
        assert_eq!(left.made, [("http://h/a/2".to_owned(), caller)]);
        assert_eq!(left.unknown, ["POST http://h/a {}"]);
        std::fs::write(&path, std::fs::read_to_string(&path).unwrap() + "{\"made").unwrap();
        assert_eq!(Leftovers::read(&path).unwrap(), left);
    }
}
