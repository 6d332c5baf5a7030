//! The server itself over an image: whether it starts, answers and goes on.

use std::path::Path;

use serde_json::{Value, json};

use crate::history::{History, Kind};
use crate::http::Connection;
use crate::judge::Kept;
use crate::server::{Program, Server};
use crate::source::Source;

/// How many objects are read.
const READS: usize = 12;

/// Starts the server over the data below `folder`, reads some objects and makes one.
///
/// # Errors
/// What it does not do as it should.
pub(crate) fn judge(
    program: &Program,
    folder: &Path,
    kept: &Kept,
    history: &History,
    source: &mut Source,
) -> Result<(), String> {
    let server = program.start(folder, None)?;
    let answered = ask(&server, kept, history, source);
    server.end()?;
    answered?;
    let verified = program.command(folder, "verify").output();
    let verified = verified.map_err(|why| why.to_string())?;
    match verified.status.success() {
        true => Ok(()),
        false => Err(format!(
            "verify: {}{}",
            String::from_utf8_lossy(&verified.stdout),
            String::from_utf8_lossy(&verified.stderr)
        )),
    }
}

fn ask(server: &Server, kept: &Kept, history: &History, source: &mut Source) -> Result<(), String> {
    let failed = |why: std::io::Error| why.to_string();
    let mut connection = Connection::open(&server.address).map_err(failed)?;
    let ready = connection.send("GET", "/readyz", "").map_err(failed)?;
    if ready.status != 200 {
        return Err(format!("not ready: {} {}", ready.status, ready.body));
    }
    let all: Vec<&(Kind, String)> = history.objects.keys().collect();
    for _ in 0..READS.min(all.len()) {
        let key = *source.pick(&all);
        let path = key.0.one(&key.1);
        let read = connection.send("GET", &path, "").map_err(failed)?;
        let is = match kept.objects.get(key) {
            Some(state) => read.status == 200 && key.0.digest(&read.body) == state.digest,
            None => read.status == 404,
        };
        if !is {
            return Err(format!("{path}: {} {}", read.status, read.body));
        }
    }
    let body = json!({ "name": "after the cut" }).to_string();
    let path = Kind::Depot.path();
    let made = connection.send("POST", path, &body).map_err(failed)?;
    let object: Value = serde_json::from_str(&made.body).unwrap_or_default();
    let id = object[Kind::Depot.id()].as_str().unwrap_or_default();
    let again = kept.objects.contains_key(&(Kind::Depot, id.to_owned()));
    match made.status == 201 && !again && made.version > Some(kept.number) {
        true => Ok(()),
        false => Err(format!("{path}: {} {}", made.status, made.body)),
    }
}
