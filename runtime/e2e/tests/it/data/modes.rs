//! Modes of folders and files, as `stat` shows them.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{left, refused, start};
use crate::client::send_as;
use crate::server::{Server, folder};

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Writes a file that only its owner can read.
pub(super) fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    chmod(path, 0o600);
}

/// What `stat` says of a folder and of everything in it: modes and names.
fn modes(data: &Path) -> Vec<(String, String)> {
    let mut paths = vec![data.to_owned()];
    paths.extend(fs::read_dir(data).unwrap().map(|one| one.unwrap().path()));
    let mut modes = Vec::new();
    for path in paths {
        let said = Command::new("stat").args(["-c", "%a"]).arg(&path).output();
        let mode = String::from_utf8(said.unwrap().stdout).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        modes.push((mode.trim().to_owned(), name));
    }
    modes
}

#[test]
fn nobody_else_reaches_what_a_server_keeps_whatever_the_umask_is() {
    for umask in ["000", "022", "077"] {
        let parent = folder();
        let data = parent.join("a/data");
        let mut process = Command::new("sh")
            .args(["-c", &format!("umask {umask} && exec \"$@\""), "sh"])
            .arg(env!("CARGO_BIN_EXE_fieldproof-e2e"))
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .env_remove("FIELDPROOF_BOOTSTRAP_TOKEN")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with("listening"), "{line}");
        let modes = modes(&data);
        process.kill().unwrap();
        process.wait().unwrap();
        fs::remove_dir_all(parent).unwrap();
        for name in [
            "bootstrap-token",
            "fieldproof.sqlite3",
            "fieldproof.sqlite3-shm",
            "fieldproof.sqlite3-wal",
            "secret-key",
        ] {
            assert!(modes.contains(&("600".into(), name.into())), "{modes:?}");
        }
        assert_eq!(modes[0].0, "700");
        assert!(
            modes[1..].iter().all(|(mode, _)| mode == "600"),
            "{modes:?}"
        );
    }
}

#[test]
fn what_others_can_reach_is_refused_until_they_cannot() {
    let data = left(Server::start(&[]));
    let remedy = format!("chmod -R go= {}", data.display());
    for (name, open, closed) in [
        ("", 0o750, 0o700),
        ("", 0o701, 0o700),
        ("secret-key", 0o640, 0o600),
        ("fieldproof.sqlite3", 0o604, 0o600),
        ("of-another-program", 0o644, 0o600),
    ] {
        let path = match name {
            "" => data.clone(),
            _ => data.join(name),
        };
        if name == "of-another-program" {
            fs::write(&path, "").unwrap();
        }
        chmod(&path, open);
        let said = refused(&data, &[]);
        assert!(said.contains(&remedy), "{name}: {said}");
        assert!(said.contains(&*path.to_string_lossy()), "{name}: {said}");
        // It is not tightened without a word, and no command goes on with it either.
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, open);
        let mut list = crate::server::program(&["token", "list"]);
        list.env("FIELDPROOF_DATA", &data);
        assert!(!crate::server::complaint(list).0, "{name}");
        chmod(&path, closed);
    }
    chmod(&data, 0o755);
    let done = Command::new("sh").args(["-c", &remedy]).status();
    assert!(done.unwrap().success());
    assert!(start(&data, &[]).0, "what it says helps");
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn an_empty_folder_becomes_its_own() {
    let data = folder();
    fs::create_dir_all(&data).unwrap();
    chmod(&data, 0o777);
    let server = Server::start_in(data, &[]);
    assert!(modes(&server.data)[0].0 == "700");
    let made = server.run(&["token", "create", "--scope", "shelves"], "");
    let token = String::from_utf8(made.stdout).unwrap();
    let answer = send_as(&server, token.trim(), "GET", "/library/shelves", "");
    assert_eq!(answer.status, 200);
}
