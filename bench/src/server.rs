//! A server in a separate process.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The token that both servers accept.
pub(crate) const TOKEN: &str = "bench";

/// A server in a separate process, which is killed when this is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    process: Child,
    data: PathBuf,
}

impl Server {
    pub(crate) fn start(role: &str) -> Self {
        let data =
            std::env::temp_dir().join(format!("fieldproof-bench-{role}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&data);
        std::fs::create_dir_all(&data).expect("a folder for the data");
        let own = std::env::current_exe().expect("the path of this program");
        let mut process = Command::new(own)
            .env(super::ROLE, role)
            .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN)
            .env("FIELDPROOF_DATA", &data)
            .env("FIELDPROOF_ALLOW_PRIVATE_WEBHOOKS", "127.0.0.0/8")
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("its output");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("its first line");
        let address = line
            .trim()
            .trim_start_matches("listening on http://")
            .to_owned();
        assert!(!address.is_empty(), "the server says where it listens");
        Self {
            address,
            process,
            data,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
