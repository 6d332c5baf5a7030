//! Builds, starts and stops the generated server.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::command::generate::package;
use crate::exit::{Exit, Failure};

/// Builds the package in `folder` in the same profile as this program; returns the path of
/// the server program.
pub(crate) fn build(folder: &Path) -> Result<PathBuf, Failure> {
    let name = package(folder)?;
    let manifest = folder.join("Cargo.toml");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg("build").arg("--manifest-path").arg(&manifest);
    command.args([
        "--package",
        &name,
        "--message-format",
        "json-render-diagnostics",
    ]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| Failure::environment("run cargo", error))?;
    if !output.status.success() {
        return Err(Failure::new(
            Exit::Environment,
            format!("error: {} does not build", manifest.display()),
        ));
    }
    // Cargo reports the path of the program.
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs =
        messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs
        .next_back()
        .ok_or_else(|| Failure::new(Exit::Environment, "error: cargo built no program"))
}

/// The folder for data of servers, which killed runs may have left behind.
const DATA: &str = "target/fieldproof/data";

/// A data folder for one server, locked while this program runs.
struct Data {
    path: PathBuf,
    _lock: File,
}

impl Data {
    /// Creates a folder; those of killed programs are removed.
    fn new(failed: &dyn Fn(std::io::Error) -> Failure) -> Result<Self, Failure> {
        for entry in fs::read_dir(DATA).into_iter().flatten().flatten() {
            let lock = File::open(entry.path().join("lock"));
            if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let name = std::process::id().to_string();
        let path = std::path::absolute(Path::new(DATA).join(name)).map_err(failed)?;
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).map_err(failed)?;
        let lock = File::create(path.join("lock")).map_err(failed)?;
        lock.try_lock().map_err(|error| failed(error.into()))?;
        Ok(Self { path, _lock: lock })
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn mails(data: &Path) -> PathBuf {
    data.join("mails")
}

/// The folder that the server makes and keeps to itself.
fn own(data: &Path) -> PathBuf {
    data.join("own")
}

/// A running server with its own data; both are removed when dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    program: PathBuf,
    process: Child,
    // Dropped after the process that writes to it.
    data: Data,
}

impl Server {
    /// Starts the server on a free port, with `API.SWITCH=VALUE` set.
    pub(crate) fn start(program: &Path, switches: &[String]) -> Result<Self, Failure> {
        let failed = |error| Failure::environment(format!("start {}", program.display()), error);
        let data = Data::new(&failed)?;
        let mut command = Command::new(program);
        // Settings in the caller's environment are meant for another server.
        for name in [
            "FIELDPROOF_LISTEN",
            "FIELDPROOF_DATA",
            "FIELDPROOF_DATABASE",
            "FIELDPROOF_BASE",
            "FIELDPROOF_SET",
            "FIELDPROOF_BOOTSTRAP_TOKEN",
            "FIELDPROOF_MAIL_FROM",
            "FIELDPROOF_SECRET_KEY",
            "FIELDPROOF_SECRET_KEY_FILE",
        ] {
            command.env_remove(name);
        }
        command
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(own(&data.path))
            // The server stops when this program ends, for whatever reason.
            .arg("--until-input-ends");
        for switch in switches {
            command.args(["--set", switch]);
        }
        command
            .env(
                "FIELDPROOF_MAIL",
                format!("file:{}", mails(&data.path).display()),
            )
            // Notifications go to a receiver of the suite, and are retried soon.
            .env("FIELDPROOF_ALLOW_PRIVATE_WEBHOOKS", "127.0.0.0/8")
            .env(
                "FIELDPROOF_WEBHOOK_SCHEDULE",
                "50ms,100ms,200ms,400ms,1s,2s",
            )
            .env("FIELDPROOF_WEBHOOK_TIME_OUT", "2s")
            .env("FIELDPROOF_SIGNUP_URL", "http://127.0.0.1/signup")
            .env("FIELDPROOF_LOG", "warn")
            .env("FIELDPROOF_BOOTSTRAP_TOKEN", "unused");
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout)
                .read_line(&mut line)
                .map_err(failed)?;
        }
        let server = Self {
            url: line.trim().trim_start_matches("listening on ").to_owned(),
            program: program.to_owned(),
            process,
            data,
        };
        match line.starts_with("listening on ") {
            true => Ok(server),
            false => Err(Failure::new(
                Exit::Environment,
                "error: the server did not start",
            )),
        }
    }

    /// The folder that the server writes its mails to.
    pub(crate) fn mails(&self) -> PathBuf {
        mails(&self.data.path)
    }

    /// Creates a token.
    pub(crate) fn token(
        &self,
        tenant: &str,
        user: Option<&str>,
        scopes: &str,
    ) -> Result<String, Failure> {
        self.create("token", tenant, user, scopes)
    }

    /// Creates a client; returns its id and token as `ID:TOKEN`.
    pub(crate) fn client(
        &self,
        tenant: &str,
        user: Option<&str>,
        scopes: &str,
    ) -> Result<String, Failure> {
        let made = self.create("client", tenant, user, scopes)?;
        Ok(made.replace('\t', ":"))
    }

    fn create(
        &self,
        what: &str,
        tenant: &str,
        user: Option<&str>,
        scopes: &str,
    ) -> Result<String, Failure> {
        let mut args = vec![what, "create", "--tenant", tenant, "--scope", scopes];
        args.extend(user.iter().flat_map(|user| ["--user", user]));
        let made = self.run(&args, "")?;
        Ok(made.trim().to_owned())
    }

    /// Imports objects for a user, as printed in a document.
    pub(crate) fn import(
        &self,
        (api, resource): (&str, &str),
        tenant: &str,
        user: &str,
        objects: &Value,
    ) -> Result<(), Failure> {
        let args = [
            "import",
            "--api",
            api,
            "--resource",
            resource,
            "--tenant",
            tenant,
            "--user",
            user,
            "-",
        ];
        self.run(&args, &objects.to_string()).map(drop)
    }

    fn run(&self, args: &[&str], input: &str) -> Result<String, Failure> {
        let failed = |error| Failure::environment(format!("run {}", args.join(" ")), error);
        let mut command = Command::new(&self.program);
        command
            .args(args)
            .env("FIELDPROOF_DATA", own(&self.data.path));
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        if let Some(mut stdin) = process.stdin.take() {
            stdin.write_all(input.as_bytes()).map_err(failed)?;
        }
        let output = process.wait_with_output().map_err(failed)?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false => Err(Failure::new(
                Exit::Environment,
                format!("error: the server's `{}` failed", args.join(" ")),
            )),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
