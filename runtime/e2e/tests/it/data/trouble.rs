//! A disk that is full, fails or is read-only, a foreign lock, and a file that is replaced.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::left;
use crate::client::{Answer, send};
use crate::server::{Server, TOKEN, folder};

const SHELVES: &str = "/library/shelves";

fn write(server: &Server) -> Answer {
    send(server, "POST", SHELVES, "{\"label\":\"kept\"}")
}

/// Asks for something that is refused now and may not be later.
fn is_unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert_eq!(answer.json()["type"], "/problems/unavailable");
    assert_eq!(answer.json()["status"], 503);
}

/// The server is not ready, and says why without a path.
fn is_not_ready(server: &Server, why: &str) {
    let until = Instant::now() + Duration::from_secs(5);
    loop {
        let answer = send(server, "GET", "/readyz", "");
        if answer.status == 503 && answer.json()["detail"] == why {
            is_unavailable(&answer);
            let data = server.data.to_string_lossy();
            assert!(!answer.body.contains(&*data), "{}", answer.body);
            return;
        }
        assert!(Instant::now() < until, "{why}: {answer:?}");
        sleep(Duration::from_millis(100));
    }
}

/// Within some seconds the server is ready and writes again, without being restarted.
fn recovers(server: &Server) {
    let until = Instant::now() + Duration::from_secs(10);
    while send(server, "GET", "/readyz", "").body != "ready" {
        assert!(Instant::now() < until, "it is not ready again");
        sleep(Duration::from_millis(100));
    }
    assert_eq!(write(server).status, 201);
}

/// Whether a program can be run; a test that needs it is left out if not.
fn there_is(program: &str, args: &[&str]) -> bool {
    let run = Command::new(program).args(args).output();
    let there = run.is_ok_and(|output| output.status.success());
    if !there {
        eprintln!(
            "left out: `{program} {}` cannot be run here",
            args.join(" ")
        );
    }
    there
}

/// Another program that holds the write lock until its input ends.
fn lock(data: &Path, how: &str) -> (Child, ChildStdin) {
    let program = "import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute('BEGIN ' + sys.argv[2])
print('locked', flush=True)
sys.stdin.read()";
    let mut process = Command::new("python3")
        .args(["-c", program])
        .arg(data.join("fieldproof.sqlite3"))
        .arg(how)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "locked");
    let input = process.stdin.take().unwrap();
    (process, input)
}

#[test]
fn a_foreign_lock_is_waited_for_and_then_said() {
    if !there_is("python3", &["-c", "import sqlite3"]) {
        return;
    }
    let server = Server::start(&[]);
    let id = write(&server).json()["shelfId"]
        .as_str()
        .unwrap()
        .to_owned();
    for how in ["IMMEDIATE", "EXCLUSIVE"] {
        let (mut process, input) = lock(&server.data, how);
        is_not_ready(&server, "a transaction keeps the database locked");
        is_unavailable(&write(&server));
        let read = send(&server, "GET", &format!("{SHELVES}/{id}"), "");
        assert_eq!(read.json()["label"], "kept");
        drop(input);
        process.wait().unwrap();
        recovers(&server);
    }
    // A lock that is given up in time delays a write and no more.
    let (mut process, input) = lock(&server.data, "IMMEDIATE");
    let later = std::thread::spawn(move || {
        sleep(Duration::from_millis(1_500));
        drop(input);
        process.wait().unwrap();
    });
    assert_eq!(write(&server).status, 201);
    later.join().unwrap();
}

/// A server whose data lies on a disk of its own, which only it sees.
fn on_disk(mebibytes: u32) -> Option<Server> {
    let options = format!("size={mebibytes}m,mode=700");
    let mount = ["-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /tmp"];
    if !there_is("unshare", &mount) {
        return None;
    }
    let data = folder();
    fs::create_dir_all(&data).unwrap();
    let script = "mount -t tmpfs -o \"$0\" tmpfs \"$1\" && shift && exec \"$@\"";
    let mut command = Command::new("unshare");
    command
        .args(["-rm", "sh", "-c", script, &options])
        .arg(&data)
        .arg(env!("CARGO_BIN_EXE_fieldproof-e2e"))
        .args(["--listen", "127.0.0.1:0"])
        .env("FIELDPROOF_DATA", &data)
        .env("FIELDPROOF_LOG", "off")
        .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    Some(Server::ready(command, data))
}

/// The data as the server sees it.
fn seen(server: &Server) -> PathBuf {
    let root = PathBuf::from(format!("/proc/{}/root", server.id()));
    root.join(server.data.strip_prefix("/").unwrap())
}

/// Fills the disk but for `left` bytes.
fn fill(server: &Server, left: u64) -> PathBuf {
    let file = seen(server).join("filling");
    let mut filling = fs::File::create(&file).unwrap();
    while filling.write_all(&[0; 4_096]).is_ok() {}
    let length = filling.metadata().unwrap().len();
    filling.set_len(length - left).unwrap();
    file
}

#[test]
fn a_full_disk_refuses_writes_and_answers_reads() {
    let Some(server) = on_disk(24) else { return };
    recovers(&server);
    let id = write(&server).json()["shelfId"]
        .as_str()
        .unwrap()
        .to_owned();
    let filling = fill(&server, 1 << 20);
    is_not_ready(&server, "less than 16 MiB are free on the disk");
    // Until nothing is left, writes are kept.
    let mut kept = vec![id];
    let refused = loop {
        let answer = write(&server);
        if answer.status != 201 {
            break answer;
        }
        kept.push(answer.json()["shelfId"].as_str().unwrap().to_owned());
        assert!(kept.len() < 10_000, "the disk is never full");
    };
    is_unavailable(&refused);
    is_unavailable(&write(&server));
    for id in [&kept[0], &kept[kept.len() - 1]] {
        let read = send(&server, "GET", &format!("{SHELVES}/{id}"), "");
        assert_eq!(read.json()["label"], "kept");
    }
    fs::remove_file(filling).unwrap();
    recovers(&server);
    for id in &kept {
        let read = send(&server, "GET", &format!("{SHELVES}/{id}"), "");
        assert_eq!(read.status, 200, "what was answered is kept");
    }
}

#[test]
fn a_limit_of_files_is_trouble_that_passes() {
    if !there_is("prlimit", &["--version"]) {
        return;
    }
    let data = folder();
    let mut command = Command::new("sh");
    // Otherwise the system ends a process that writes beyond the limit.
    command
        .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_fieldproof-e2e"))
        .args(["--listen", "127.0.0.1:0"])
        .env("FIELDPROOF_DATA", &data)
        .env("FIELDPROOF_LOG", "off")
        .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
    let server = Server::ready(command, data);
    let id = write(&server).json()["shelfId"]
        .as_str()
        .unwrap()
        .to_owned();
    let limit = |size: &str| {
        let size = format!("--fsize={size}:unlimited");
        let done = Command::new("prlimit")
            .args(["--pid", &server.id().to_string(), &size])
            .status();
        assert!(done.unwrap().success());
    };
    limit("4096");
    is_unavailable(&write(&server));
    is_not_ready(&server, "the disk cannot be read or written");
    let read = send(&server, "GET", &format!("{SHELVES}/{id}"), "");
    assert_eq!(read.json()["label"], "kept");
    limit("unlimited");
    recovers(&server);
}

#[test]
fn a_file_that_is_removed_or_replaced_is_noticed() {
    let server = Server::start(&[]);
    let file = server.data.join("fieldproof.sqlite3");
    let aside = server.data.join("aside");
    let why = "the file of the database was removed or replaced; restart the server";
    recovers(&server);
    fs::rename(&file, &aside).unwrap();
    is_not_ready(&server, why);
    fs::copy(&aside, &file).unwrap();
    is_not_ready(&server, why);
    fs::rename(&aside, &file).unwrap();
    recovers(&server);
}

#[test]
fn a_read_only_file_system_is_said_at_the_start() {
    let mount = ["-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /tmp"];
    if !there_is("unshare", &mount) {
        return;
    }
    let data = left(Server::start(&[]));
    let script = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"";
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", script])
        .arg(&data)
        .arg(env!("CARGO_BIN_EXE_fieldproof-e2e"))
        .args(["--listen", "127.0.0.1:0", "--until-input-ends"])
        .env("FIELDPROOF_DATA", &data)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{said}");
    assert!(
        said.to_lowercase().contains("read-only") || said.contains("readonly"),
        "{said}"
    );
    fs::remove_dir_all(data).unwrap();
}
