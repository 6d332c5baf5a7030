//! The data folder: who reaches it, whose it is, and what is missing in it.

mod backup;
mod counterparts;
mod identity;
mod migrated;
mod modes;
mod trouble;

use std::path::Path;
use std::process::Stdio;

use rusqlite::Connection;

use crate::server::{Server, complaint, program};

/// Starts a server that has to refuse its folder, and returns what it says.
fn refused(data: &Path, args: &[&str]) -> String {
    let (ended_well, said) = start(data, args);
    assert!(!ended_well, "it started: {said}");
    said
}

/// Starts a server that ends at once if nothing is wrong; says whether it did.
fn start(data: &Path, args: &[&str]) -> (bool, String) {
    let mut command = program(&["--listen", "127.0.0.1:0", "--until-input-ends"]);
    command
        .args(args)
        .env("FIELDPROOF_DATA", data)
        .stdin(Stdio::null());
    complaint(command)
}

/// Data that a server has left in peace.
fn left(mut server: Server) -> std::path::PathBuf {
    assert!(server.terminate());
    server.leave()
}

/// Opens the database as another program does.
fn database(data: &Path) -> Connection {
    Connection::open(data.join("fieldproof.sqlite3")).unwrap()
}
