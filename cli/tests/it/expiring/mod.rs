//! Tokens that end while a run lasts, of a service in Python.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use super::{root, scratch};

const SPEC: &str = "fieldproof: 1
api: items
title: Items
auth: { scope: items }
resources:
  Item:
    path: /items
    id: { field: id, kind: number }
    fields:
      id:    { type: id, mode: read-only }
      name:  { type: string, min: 1, max: 80, required: true }
      price: { type: integer, min: 0, max: 9000, nullable: true }
    list:   {}
    get:    {}
    create: {}
    delete: {}
";

const PROGRAM: &str = "cli/tests/it/expiring/items.py";

struct Items(Child, String);

impl Drop for Items {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A service whose tokens are good for so many requests; nothing without Python.
fn items(requests: &str) -> Option<Items> {
    let mut python = Command::new("python3");
    let mut child = python
        .current_dir(root())
        .args([PROGRAM, requests])
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take()?)
        .read_line(&mut line)
        .ok()?;
    let url = line.trim().strip_prefix("listening on ")?.to_owned();
    Some(Items(child, url))
}

/// How many tokens it has given out.
fn tokens(url: &str) -> usize {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream
        .write_all(b"GET /tokens HTTP/1.0\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text.lines()
        .last()
        .and_then(|line| line.parse().ok())
        .expect("a number")
}

fn conform(url: &str, credentials: &[&str], secret: &str) -> (Option<i32>, String) {
    let folder = scratch("expiring");
    std::fs::write(folder.join("items.yaml"), SPEC).unwrap();
    let spec = folder.join("items.yaml").display().to_string();
    let report = folder.join("report.json").display().to_string();
    let only = [
        "items.Item.name:created",
        "items.Item.delete:status",
        "items.Item.list:status",
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_fieldproof"))
        .current_dir(root())
        .env("FIELDPROOF_OAUTH_SECRET", secret)
        .args([
            "conform",
            url,
            "--spec",
            &spec,
            "--workers",
            "1",
            "--only",
            &only.join(","),
        ])
        .args(["--report", &format!("json={report}")])
        .args(credentials)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    let report = std::fs::read_to_string(report).unwrap_or_default();
    assert!(
        !report.contains("token-") && !text.contains("token-"),
        "{report}{text}"
    );
    (output.status.code(), text)
}

#[test]
fn a_token_that_ends_is_asked_for_again() {
    // Without Python there is nothing to ask.
    let Some(items) = items("5") else { return };
    let url = &items.1;
    let oauth = format!("main={url}/token,ci");
    let (code, text) = conform(url, &["--oauth", &oauth], "s3cret");
    assert_eq!(code, Some(0), "{text}");
    let first = tokens(url);
    assert!(first > 2, "{first} tokens: {text}");
    let command = format!("python3 {PROGRAM} {url}");
    let (code, text) = conform(url, &["--token-command", &command], "");
    assert_eq!(code, Some(0), "{text}");
    assert!(tokens(url) > first + 2);
    let (code, text) = conform(url, &["--oauth", &oauth], "wrong");
    assert!(
        code == Some(2) && text.contains("answers 401 without an `access_token` (invalid_client)"),
        "{text}"
    );
    let (code, text) = conform(url, &["--token-command", "echo other"], "");
    assert!(
        code == Some(2) && text.contains("does not know the token"),
        "{text}"
    );
}
