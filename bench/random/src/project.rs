//! Several specs in one project: generated, compiled, started and checked by the program, as a
//! user runs it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sound::{Sound, surroundings};

/// Maximum number of characters shown of an exchange.
const TOLD: usize = 600;

/// The program and the folders with which it builds.
#[derive(Debug, Clone)]
pub struct Tools {
    /// The program `fieldproof`.
    pub program: PathBuf,
    /// The folder of the workspace, whose runtime and package versions are used.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

/// The result of a command.
#[derive(Debug, Clone)]
pub struct Done {
    /// Its exit code; -1 for a signal.
    pub code: i32,
    /// Its output, standard error last.
    pub said: String,
}

/// A project with specs of a campaign.
#[derive(Debug)]
pub struct Project {
    /// Its folder.
    pub folder: PathBuf,
    tools: Tools,
}

impl Project {
    /// Creates a project with `specs` below `parent`.
    ///
    /// # Errors
    /// The folder cannot be written, or `new` fails.
    pub fn new(tools: &Tools, parent: &Path, specs: &[&Sound]) -> io::Result<Self> {
        let folder = parent.join("random");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(parent)?;
        let project = Self {
            folder: folder.clone(),
            tools: tools.clone(),
        };
        let runtime = format!("path:{}", tools.root.join("runtime").display());
        let made = project.run(parent, &["new", "random", "--runtime", &runtime])?;
        if made.code != 0 {
            return Err(io::Error::other(made.said));
        }
        fs::remove_file(folder.join("spec/random.yaml"))?;
        surroundings(&folder.join("spec"))?;
        for spec in specs {
            fs::write(
                folder.join(format!("spec/{}.yaml", spec.api.name)),
                &spec.text,
            )?;
        }
        // The versions are locked, so that nothing is built twice.
        fs::copy(tools.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(project)
    }

    /// Generates the server and compiles it; a warning is a fault.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn build(&self) -> io::Result<Result<(), Done>> {
        let emitted = self.run(&self.folder, &["generate", "--out", "."])?;
        if emitted.code != 0 || emitted.said.contains("warning") {
            return Ok(Err(emitted));
        }
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .arg("build")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.tools.target);
        command.env("RUSTFLAGS", "");
        if self
            .tools
            .program
            .parent()
            .is_some_and(|parent| parent.ends_with("release"))
        {
            command.arg("--release");
        }
        let built = finish(&mut command)?;
        match built.code == 0 && !built.said.contains("warning") {
            true => Ok(Ok(())),
            false => Ok(Err(built)),
        }
    }

    /// Proves the project, which includes a run with inverted switches.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn prove(&self, seed: u64) -> io::Result<Done> {
        let seed = seed.to_string();
        self.run(
            &self.folder,
            &["prove", "--out", ".", "--seed", &seed, "--cases", "4"],
        )
    }

    /// What the last report lists against an API: identifiers of obligations that failed, and
    /// of rows that none covers.
    #[must_use]
    pub fn against(&self, api: &str) -> Vec<(String, String)> {
        let path = self.folder.join("target/fieldproof/report.json");
        let text = fs::read_to_string(path).unwrap_or_default();
        let report: Value = serde_json::from_str(&text).unwrap_or_default();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut all = Vec::new();
        for outcome in list(&report["outcomes"]) {
            let id = text(&outcome["obligation"]["id"]);
            let open = matches!(outcome["verdict"].as_str(), Some("fail" | "inconclusive"));
            if open && id.split('.').next() == Some(api) {
                let exchange = &outcome["exchange"];
                let (message, reply) = (text(&outcome["message"]), &exchange["reply"]);
                let asked = format!("{} {}", text(&exchange["method"]), text(&exchange["url"]));
                let told = format!("{message} | {asked} {} => {reply}", exchange["body"]);
                all.push((id, told.chars().take(TOLD).collect()));
            }
        }
        // Inconclusive obligations state a reason; a row without any obligation is a gap.
        let judged: Vec<Value> = list(&report["outcomes"])
            .iter()
            .filter(|outcome| outcome["obligation"]["api"] == api)
            .flat_map(|outcome| list(&outcome["obligation"]["rows"]))
            .map(|row| row["path"].clone())
            .collect();
        for document in list(&report["documents"]) {
            if document["api"] == api {
                let mut rows = list(&document["unproven"]);
                rows.retain(|row| !judged.contains(row));
                all.extend(
                    rows.iter()
                        .map(|row| (format!("{}:row", text(row)), String::new())),
                );
            }
        }
        all
    }

    fn run(&self, folder: &Path, args: &[&str]) -> io::Result<Done> {
        let mut command = Command::new(&self.tools.program);
        command
            .args(args)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &self.tools.target);
        finish(&mut command)
    }
}

fn finish(command: &mut Command) -> io::Result<Done> {
    let output = command.output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Done {
        code: output.status.code().unwrap_or(-1),
        said: format!("{}{}", text(&output.stdout), text(&output.stderr)),
    })
}
