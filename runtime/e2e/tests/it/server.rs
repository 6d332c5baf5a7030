//! Runs the server in a separate process.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The token of the tests.
pub(crate) const TOKEN: &str = "of-the-tests";

/// Arguments of a server that may send to loopback, with short waits.
pub(crate) const ARGS: &[&str] = &[
    "--allow-private-webhooks",
    "127.0.0.0/8",
    "--webhook-time-out",
    "250ms",
    "--webhook-schedule",
    "20ms,50ms,100ms,200ms,400ms,400ms,400ms,400ms,400ms,400ms,400ms,400ms",
];

/// A running server with its own data; dropping it removes both.
pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) data: PathBuf,
    process: Child,
}

/// Returns the path of a folder that nothing else uses.
pub(crate) fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("server-{}-{count}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Builds a command of the server's program.
pub(crate) fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldproof-e2e"));
    command
        .args(args)
        .env("FIELDPROOF_LOG", "warn")
        .env_remove("FIELDPROOF_BOOTSTRAP_TOKEN");
    command
}

impl Server {
    /// Starts a server with the token of the tests.
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::start_in(folder(), args)
    }

    /// Like [`Self::start`], with existing data.
    pub(crate) fn start_in(data: PathBuf, args: &[&str]) -> Self {
        let mut command = program(&["--listen", "127.0.0.1:0"]);
        command
            .args(args)
            .env("FIELDPROOF_DATA", &data)
            .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN);
        Self::ready(command, data)
    }

    /// Like [`Self::start_in`], logging everything to `log`.
    pub(crate) fn start_saying_all(data: PathBuf, args: &[&str], log: &Path) -> Self {
        let mut command = program(args);
        command
            .env("FIELDPROOF_LISTEN", "127.0.0.1:0")
            .env("FIELDPROOF_LOG", "trace")
            .env("FIELDPROOF_DATA", &data)
            .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN)
            .stderr(std::fs::File::create(log).unwrap());
        Self::ready(command, data)
    }

    /// Starts a server by a command of its own, and waits until it listens.
    pub(crate) fn ready(mut command: Command, data: PathBuf) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .trim_start_matches("listening on http://")
            .to_owned();
        Self {
            address,
            data,
            process,
        }
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Suspends the process.
    pub(crate) fn stop(&self) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-STOP", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Peak memory of the process in MiB; 0 if the system does not report it.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        kib.unwrap_or(0) / 1_024
    }

    /// Kills the process, as a power failure would, and returns its data.
    pub(crate) fn kill(mut self) -> PathBuf {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::mem::take(&mut self.data)
    }

    /// Returns the data of a process that has ended.
    pub(crate) fn leave(mut self) -> PathBuf {
        std::mem::take(&mut self.data)
    }

    /// Asks the process to stop, waits for it, and returns whether it succeeded.
    pub(crate) fn terminate(&mut self) -> bool {
        let id = self.process.id().to_string();
        Command::new("kill").arg(id).status().unwrap();
        self.process.wait().unwrap().success()
    }

    /// Runs another command on the same data.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Output {
        let mut command = program(args);
        command
            .env("FIELDPROOF_DATA", &self.data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        // A command that reads no input may have ended already.
        let _ = std::io::Write::write_all(&mut process.stdin.take().unwrap(), input.as_bytes());
        process.wait_with_output().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if !self.data.as_os_str().is_empty() {
            let _ = std::fs::remove_dir_all(&self.data);
        }
    }
}

/// Returns whether a process succeeded, and its standard error.
pub(crate) fn complaint(mut command: Command) -> (bool, String) {
    let mut process = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut text = String::new();
    process
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    (process.wait().unwrap().success(), text)
}
