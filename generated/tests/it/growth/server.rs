//! The emitted server as a process, and what it takes of its machine.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::client::{Answer, Ask, send};

/// A token with every scope.
const TOKEN: &str = "growth";

/// A running server.
pub(super) struct Server {
    process: Child,
    base: String,
    agent: ureq::Agent,
    _data: tempfile::TempDir,
}

/// Memory of a process in bytes.
pub(super) struct Memory {
    pub(super) now: u64,
    /// The most since it was forgotten last.
    pub(super) peak: u64,
}

impl Server {
    pub(super) fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        // Another build of it can be judged as well.
        let other = std::env::var_os("FIELDPROOF_GROWTH_SERVER");
        let program = other.unwrap_or_else(|| env!("CARGO_BIN_EXE_fieldproof-server").into());
        let mut process = Command::new(program)
            .args(["--listen", "127.0.0.1:0", "--until-input-ends", "--data"])
            .arg(data.path())
            .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN)
            .env("FIELDPROOF_LOG", "off")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = process.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let base = line.trim().trim_start_matches("listening on ").to_owned();
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Self {
            process,
            base,
            agent: config.build().into(),
            _data: data,
        }
    }

    pub(super) fn ask(&self, ask: &Ask) -> Result<Answer, ureq::Error> {
        let (status, body) = send(&self.agent, &self.base, TOKEN, ask)?;
        let length = body.len();
        Ok(Answer { status, length })
    }

    /// Its OpenAPI document.
    pub(super) fn document(&self) -> Value {
        let ask = Ask {
            method: "GET".to_owned(),
            path: "/openapi.json".to_owned(),
            header: None,
            body: None,
        };
        let (_, body) = send(&self.agent, &self.base, TOKEN, &ask).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// What it worked since it was started, in nanoseconds of a processor.
    pub(super) fn worked(&self) -> u64 {
        let threads = fs::read_dir(self.file("task")).unwrap().flatten();
        let own = |path: PathBuf| -> Option<u64> {
            let text = fs::read_to_string(path.join("schedstat")).ok()?;
            text.split(' ').next()?.parse().ok()
        };
        threads.filter_map(|thread| own(thread.path())).sum()
    }

    pub(super) fn memory(&self) -> Memory {
        let text = fs::read_to_string(self.file("status")).unwrap();
        let bytes = |name: &str| -> u64 {
            let line = text.lines().find(|line| line.starts_with(name));
            let number = line.and_then(|line| line.split_whitespace().nth(1));
            number
                .and_then(|number| number.parse::<u64>().ok())
                .unwrap_or_default()
                << 10
        };
        Memory {
            now: bytes("VmRSS:"),
            peak: bytes("VmHWM:"),
        }
    }

    /// Lets the peak be what it takes now.
    pub(super) fn forget_peak(&self) {
        fs::write(self.file("clear_refs"), "5").unwrap();
    }

    fn file(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{name}", self.process.id()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
