//! Copies of the database: made beside a server that writes, and read as a whole.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use super::database;
use crate::client::send;
use crate::deliveries::{AGENTS, agent, watch};
use crate::server::{Server, folder, program};

/// Runs a command of the program on a data folder; says what it printed.
fn done(data: &Path, args: &[&str]) -> (bool, String) {
    let mut command = program(args);
    let output = command.env("FIELDPROOF_DATA", data).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&told).into_owned(),
    )
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_copy_made_beside_a_server_that_writes_has_what_was_acknowledged_before() {
    let server = Server::start(&["--allow-private-webhooks", "127.0.0.0/8"]);
    let login = json!({ "name": "a", "word": "a secret word" });
    watch(
        &server,
        &json!({ "to": "http://127.0.0.1:9/", "login": login }),
    );
    let before: Vec<String> = (0..20)
        .map(|at| agent(&server, &format!("b{at}")))
        .collect();
    let (copy, made) = (folder(), AtomicUsize::new(0));
    let (well, told) = thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for at in 0..200 {
                agent(&server, &format!("w{at}"));
                made.fetch_add(1, Ordering::SeqCst);
            }
        });
        while made.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        let copied = done(&server.data, &["backup", text(&copy)]);
        writing.join().unwrap();
        copied
    });
    assert!(
        well && told.contains("the key of its secrets is not among them"),
        "{told}"
    );
    assert!(!copy.join("secret-key").exists());
    // Whoever has the copy alone cannot use it.
    let restored = folder();
    let (well, told) = done(&restored, &["restore", text(&copy)]);
    assert!(!well && told.contains("nothing was restored"), "{told}");
    let key = server.data.join("secret-key");
    let args = ["restore", "--secret-key-file", text(&key), text(&copy)];
    let (well, told) = done(&restored, &args);
    assert!(well, "{told}");
    fs::copy(&key, restored.join("secret-key")).unwrap();
    let other = Server::start_in(restored, &[]);
    for id in before {
        let path = format!("{AGENTS}/{id}");
        let (own, kept) = (
            send(&server, "GET", &path, ""),
            send(&other, "GET", &path, ""),
        );
        assert_eq!(own.header("etag"), kept.header("etag"));
        assert_eq!(own.json(), kept.json());
    }
    let (well, told) = done(&other.data, &["verify"]);
    assert!(
        well && told.contains("objects, all of which can be read"),
        "{told}"
    );
    fs::remove_dir_all(copy).unwrap();
}

#[test]
fn what_cannot_be_read_is_found_and_not_restored() {
    let server = Server::start(&["--allow-private-webhooks", "127.0.0.0/8"]);
    let login = json!({ "name": "a", "word": "a secret word" });
    watch(
        &server,
        &json!({ "to": "http://127.0.0.1:9/", "login": login }),
    );
    let copy = folder();
    let args = ["backup", "--with-key", text(&copy)];
    let (well, told) = done(&server.data, &args);
    assert!(well, "{told}");
    // There is something already.
    let (well, told) = done(&server.data, &args);
    assert!(!well && told.contains("has files"), "{told}");
    let (well, told) = done(&server.data, &["restore", text(&copy)]);
    assert!(!well && told.contains("has files"), "{told}");
    assert_eq!(send(&server, "GET", AGENTS, "").status, 200);
    let sql = "UPDATE agents_courier SET hidden = substr(hidden, 1, length(hidden) - 4) || 'AAAA' WHERE hidden IS NOT NULL";
    assert_eq!(database(&copy).execute(sql, []).unwrap(), 1);
    let (well, told) = done(&copy, &["verify"]);
    assert!(!well && told.contains("read a secret"), "{told}");
    let restored = folder();
    let (well, told) = done(&restored, &["restore", text(&copy)]);
    assert!(!well && told.contains("nothing was restored"), "{told}");
    assert_eq!(fs::read_dir(&restored).unwrap().count(), 0);
    let (well, told) = done(&restored, &["verify"]);
    assert!(!well && told.contains("there is no database"), "{told}");
    fs::remove_dir_all(copy).unwrap();
    fs::remove_dir_all(restored).unwrap();
}
