//! `new`.

use std::path::{Path, PathBuf};

use clap::Args;
use fieldproof_codegen::scaffold;

use super::generate;
use crate::exit::{Done, Exit, Failure};
use crate::specs::apis;
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(after_help = "Example: fieldproof new library --runtime path:../fieldproof/runtime")]
pub(crate) struct New {
    /// Name of the project: lower-case letters, digits and `-`; also its folder
    name: String,
    /// Where the runtime library is: `path:DIR`, `git:URL` or a version
    #[arg(long, value_name = "SOURCE", env = "FIELDPROOF_RUNTIME")]
    runtime: String,
}

impl New {
    pub(crate) fn run(self) -> Done {
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !self.name.starts_with(|c: char| c.is_ascii_lowercase()) || !self.name.chars().all(legal)
        {
            let message = format!(
                "error: `{}` is not a name: use lower-case letters, digits and `-`",
                self.name
            );
            return Err(Failure::new(Exit::Usage, message));
        }
        let folder = PathBuf::from(&self.name);
        if folder
            .read_dir()
            .is_ok_and(|mut entries| entries.next().is_some())
        {
            let message = format!("error: the folder `{}` is not empty", self.name);
            return Err(Failure::new(Exit::Usage, message));
        }
        let files = scaffold(&self.name, &source(&self.runtime)?);
        for (path, text) in &files.0 {
            write(&folder.join(path), text)?;
        }
        let api = apis(&folder.join("spec"))?;
        generate::write(&generate::files(&api, &folder)?, &folder, false)?;
        say(&format!("made `{0}`: edit {0}/spec, then", self.name));
        say(&format!("  cd {}", self.name));
        say("  fieldproof prove     checks the spec, writes the server and judges it by every row");
        say("  cargo run            serves it");
        Ok(Exit::Ok)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::environment(format!("write {}", path.display()), error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)
}

/// The source of the dependency in `Cargo.toml`.
fn source(given: &str) -> Result<String, Failure> {
    if let Some(path) = given.strip_prefix("path:") {
        let path = std::fs::canonicalize(path).map_err(|error| {
            Failure::new(
                Exit::Usage,
                format!("error: no runtime library at `{path}`: {error}"),
            )
        })?;
        return Ok(format!("{{ path = {:?} }}", path.display().to_string()));
    }
    Ok(match given.strip_prefix("git:") {
        Some(url) => format!("{{ git = {url:?} }}"),
        None => format!("{given:?}"),
    })
}
