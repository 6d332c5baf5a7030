//! What a killed run leaves behind, and how to remove it.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::running::{mock, start};
use super::{ran, root, scratch};

/// The head of the answer to a list request.
fn list(address: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the mock listens");
    let request = "GET /profiles?limit=1 HTTP/1.1\r\nhost: mock\r\nauthorization: Bearer main\r\nconnection: close\r\n\r\n";
    stream
        .write_all(request.as_bytes())
        .expect("the mock reads");
    stream
        .shutdown(std::net::Shutdown::Write)
        .expect("the request ends");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the mock answers");
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let count = head.lines().find(|line| line.starts_with("x-total-count"));
    count.unwrap_or_default().to_owned()
}

#[test]
fn what_a_killed_run_left_is_removed() {
    let folder = scratch("killed");
    let journal = folder.join("journal");
    let path = journal.to_str().expect("a plain path");
    let (_mock, url) = mock(&["spec/profiles.yaml"]);
    let address = url.trim_start_matches("http://");
    let before = list(address);
    let conform = [
        "conform",
        &url,
        "--spec",
        "spec/profiles.yaml",
        "--token",
        "main=main",
    ];
    // A list of 100 children takes long enough to be interrupted.
    let only = [
        "--journal",
        path,
        "--only",
        "*:limits",
        "--workers",
        "1",
        "--rate",
        "20",
    ];
    let mut run = start(&[&conform[..], &only[..]].concat());
    let made = || {
        let text = fs::read_to_string(&journal).unwrap_or_default();
        text.matches("\"made\"").count() > text.matches("\"removed\"").count() + 2
    };
    for _ in 0..600 {
        if made() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    run.0.kill().expect("the run can be killed");
    run.0.wait().expect("it ends");
    assert_ne!(list(address), before, "something is left behind");
    let (code, out, err) = ran(&root(), &["clean", path, "--token", "main=main"]);
    let unanswered = out.contains("nobody saw");
    assert_eq!(code, i32::from(unanswered), "{out}{err}");
    assert!(!out.contains("stays"), "{out}");
    assert!(unanswered || list(address) == before, "{out}");
    assert_eq!(journal.exists(), unanswered);
}
