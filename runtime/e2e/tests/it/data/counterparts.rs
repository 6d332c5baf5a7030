//! A database without its key, and a key without its database.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use super::{database, left, refused, start};
use crate::client::send;
use crate::deliveries::watch;
use crate::server::{Server, folder, program};

const ONE: &str = "0101010101010101010101010101010101010101010101010101010101010101";
const TWO: &str = "0202020202020202020202020202020202020202020202020202020202020202";

/// A second copy of what a server has left.
fn copy(data: &Path) -> PathBuf {
    let other = folder();
    let done = Command::new("cp").arg("-a").args([data, &other]).status();
    assert!(done.unwrap().success());
    other
}

#[test]
fn a_key_that_is_missing_or_emptied_is_asked_for() {
    let data = left(Server::start(&[]));
    let key = data.join("secret-key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let said = refused(&data, &[]);
    assert!(said.contains("secret-key is missing"), "{said}");
    assert!(said.contains("restore the file from a backup"), "{said}");
    assert!(!key.exists(), "no key is made without a word");
    super::modes::write(&key, b"");
    let said = refused(&data, &[]);
    assert!(said.contains("there is no key"), "{said}");
    assert!(said.contains("restore the file from a backup"), "{said}");
    super::modes::write(&key, &kept);
    assert!(start(&data, &[]).0, "what it says helps");
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_database_that_is_missing_or_emptied_is_asked_for() {
    let data = left(Server::start(&[]));
    let file = data.join("fieldproof.sqlite3");
    let kept = fs::read(&file).unwrap();
    for there in [false, true] {
        fs::remove_file(&file).unwrap();
        if there {
            super::modes::write(&file, b"");
        }
        let said = refused(&data, &[]);
        assert!(
            said.contains("fieldproof.sqlite3: it is missing or empty"),
            "{said}"
        );
        assert!(
            said.contains("restore the database from a backup"),
            "{said}"
        );
        let mut create = program(&["token", "create", "--scope", "shelves"]);
        create.env("FIELDPROOF_DATA", &data);
        assert!(!crate::server::complaint(create).0);
        assert_eq!(file.exists(), there, "nothing is made");
        super::modes::write(&file, &kept);
    }
    // Without our tables it is as good as empty.
    fs::remove_file(&file).unwrap();
    super::modes::write(&file, b"");
    database(&data)
        .execute_batch("PRAGMA journal_mode = wal; VACUUM")
        .unwrap();
    let said = refused(&data, &[]);
    assert!(said.contains("missing or empty"), "{said}");
    // To begin without any data is a decision that is made by hand.
    fs::remove_file(data.join("secret-key")).unwrap();
    assert!(start(&data, &[]).0, "what it says helps");
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn the_key_of_another_database_is_refused() {
    let data = left(Server::start(&[]));
    let other = left(Server::start(&[]));
    fs::copy(other.join("secret-key"), data.join("secret-key")).unwrap();
    let said = refused(&data, &[]);
    assert!(said.contains("is that of another database"), "{said}");
    let said = refused(&data, &["--secret-key", ONE]);
    assert!(said.contains("is that of another database"), "{said}");
    let key = fs::read_to_string(other.join("secret-key")).unwrap();
    assert!(!said.contains(key.trim()));
    fs::remove_dir_all(data).unwrap();
    fs::remove_dir_all(other).unwrap();
}

#[test]
fn a_key_is_left_out_when_it_seals_nothing_any_more() {
    let mut server = Server::start_in(folder(), &["--secret-key", ONE]);
    watch(
        &server,
        &json!({ "to": "https://example.org", "login": "u:p" }),
    );
    assert!(server.terminate());
    let data = server.leave();
    assert!(!data.join("secret-key").exists());
    // One after the other, as the help says.
    assert!(start(&data, &["--secret-key", &format!("{TWO},{ONE}")]).0);
    let said = refused(&data, &["--secret-key", TWO]);
    assert!(said.contains("is not among those given"), "{said}");
    let gone = copy(&data);
    database(&gone)
        .execute_batch("DELETE FROM watchers")
        .unwrap();
    database(&gone)
        .execute_batch("DELETE FROM agents_courier")
        .unwrap();
    database(&gone).execute_batch("DELETE FROM keys").unwrap();
    let (ended_well, said) = start(&gone, &["--secret-key", TWO]);
    assert!(ended_well, "{said}");
    let said = refused(&gone, &["--secret-key", ONE]);
    assert!(said.contains("is that of another database"), "{said}");
    for data in [data, gone] {
        fs::remove_dir_all(data).unwrap();
    }
}

#[test]
fn an_older_database_knows_its_key_by_what_it_sealed() {
    let server = Server::start(&[]);
    watch(
        &server,
        &json!({ "to": "https://example.org", "login": "u:p" }),
    );
    let data = left(server);
    let before = "PRAGMA application_id = 0; DROP TABLE seals; DROP TABLE schemas";
    database(&data).execute_batch(before).unwrap();
    let (lost, other) = (copy(&data), copy(&data));
    fs::remove_file(lost.join("secret-key")).unwrap();
    assert!(refused(&lost, &[]).contains("secret-key is missing"));
    super::modes::write(&other.join("secret-key"), ONE.as_bytes());
    assert!(refused(&other, &[]).contains("is that of another database"));
    assert!(start(&data, &[]).0);
    for data in [data, lost, other] {
        fs::remove_dir_all(data).unwrap();
    }
}

#[test]
fn a_folder_that_somebody_else_keeps_locked_is_not_waited_for_without_end() {
    let data = left(Server::start(&[]));
    let lock = fs::File::open(&data).unwrap();
    lock.lock().unwrap();
    let said = refused(&data, &[]);
    assert!(said.contains("another process has locked it"), "{said}");
    drop(lock);
    assert!(start(&data, &[]).0);
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_first_start_that_is_killed_can_be_repeated() {
    let mut states = std::collections::BTreeSet::new();
    for wait in 0..40 {
        let data = folder();
        let mut command = program(&["--listen", "127.0.0.1:0"]);
        command
            .env("FIELDPROOF_DATA", &data)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        sleep(Duration::from_millis(wait * 2));
        process.kill().unwrap();
        process.wait().unwrap();
        let there = |name: &str| data.join(name).exists();
        states.insert((
            data.exists(),
            there("fieldproof.sqlite3"),
            there("secret-key"),
        ));
        let server = Server::start_in(data, &[]);
        assert!(!server.address.is_empty(), "after {wait}: {states:?}");
        let made = send(&server, "POST", "/library/shelves", "{\"label\":\"kept\"}");
        assert_eq!(made.status, 201);
    }
    assert!(
        states.len() > 1,
        "no start was killed in between: {states:?}"
    );
}
