//! A server in a separate process, which is killed when this is dropped.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The token that it accepts.
pub(crate) const TOKEN: &str = "of-the-campaign";

/// The data folder, below the folder whose disk is cut off.
pub(crate) const DATA: &str = "data";

/// How a server is started.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) program: PathBuf,
    pub(crate) library: PathBuf,
}

pub(crate) struct Server {
    pub(crate) address: String,
    process: Child,
}

impl Program {
    /// A command of the server over the data below `folder`.
    pub(crate) fn command(&self, folder: &Path, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg(name)
            .env("FIELDPROOF_DATA", folder.join(DATA))
            .env("FIELDPROOF_LOG", "warn")
            .stdin(Stdio::null());
        command
    }

    /// Starts it with the data below `folder`; what it asks of the disk is noted in `notes`.
    ///
    /// # Errors
    /// It does not listen.
    pub(crate) fn start(&self, folder: &Path, notes: Option<&Path>) -> Result<Server, String> {
        let mut command = self.command(folder, "serve");
        command
            .env("FIELDPROOF_BOOTSTRAP_TOKEN", TOKEN)
            .args(["--listen", "127.0.0.1:0", "--drain-time", "1s"])
            .args(["--allow-private-webhooks", "127.0.0.0/8"])
            .args(["--webhook-schedule", "20ms,100ms,500ms,1s,1s,1s,1s,1s"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(notes) = notes {
            command
                .env("LD_PRELOAD", &self.library)
                .env("FIELDPROOF_POWER_FOLDER", folder)
                .env("FIELDPROOF_POWER_LOG", notes);
        }
        let mut process = command
            .spawn()
            .map_err(|why| format!("{}: {why}", self.program.display()))?;
        let mut line = String::new();
        let stdout = process.stdout.take().ok_or("no output")?;
        let read = BufReader::new(stdout).read_line(&mut line);
        let address = line.trim().strip_prefix("listening on http://");
        match (read, address) {
            (Ok(_), Some(address)) => Ok(Server {
                address: address.to_owned(),
                process,
            }),
            (read, _) => {
                // At the end of its output it ends by itself, and says why.
                if !matches!(read, Ok(0)) {
                    let _ = process.kill();
                }
                let said = process.wait_with_output().map_err(|why| why.to_string())?;
                let said = String::from_utf8_lossy(&said.stderr)
                    .trim()
                    .replace('\n', "; ");
                Err(format!("the server does not start: {said}"))
            }
        }
    }
}

impl Server {
    /// Kills it between two calls that it notes.
    ///
    /// # Errors
    /// The notes cannot be locked.
    pub(crate) fn kill(mut self, notes: &Path) -> Result<(), String> {
        let held = File::open(notes).and_then(|notes| notes.lock().map(|()| notes));
        let held = held.map_err(|why| format!("{}: {why}", notes.display()))?;
        let ended = self.process.kill().and_then(|()| self.process.wait());
        drop(held);
        ended.map(drop).map_err(|why| why.to_string())
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// It did not end well.
    pub(crate) fn end(mut self) -> Result<(), String> {
        let id = self.process.id().to_string();
        let asked = Command::new("kill").arg(id).status();
        let ended = self.process.wait();
        match (asked, ended) {
            (Ok(asked), Ok(ended)) if asked.success() && ended.success() => Ok(()),
            (asked, ended) => Err(format!("the server was ended: {asked:?} {ended:?}")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
