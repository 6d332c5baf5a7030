//! `generate`.

use std::fs;
use std::path::Path;

use clap::Args;
use fieldproof_codegen::{Difference, Files, Kind, emit};
use fieldproof_spec::model::Api;

use crate::exit::{Done, Exit, Failure};
use crate::project::Project;
use crate::rustfmt;
use crate::specs::apis;
use crate::terminal::{complain, say};

#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Write nothing; name every file that is missing, stale, edited or orphaned
    #[arg(long)]
    check: bool,
    /// Write nothing; show the differences
    #[arg(long)]
    diff: bool,
    /// Overwrite emitted files that were edited by hand
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    force: bool,
    #[command(flatten)]
    project: Project,
}

impl Generate {
    pub(crate) fn run(self) -> Done {
        let out = self.project.out();
        let files = files(&apis(&self.project.spec)?, &out)?;
        if self.check || self.diff {
            let found = compare(&files, &out)?;
            return Ok(report(&found, &out, self.diff));
        }
        for line in write(&files, &out, self.force)? {
            say(&line);
        }
        Ok(Exit::Ok)
    }
}

/// The files of the package in `out`.
pub(crate) fn files(apis: &[Api], out: &Path) -> Result<Files, Failure> {
    let mut files = emit(apis, &package(out)?);
    rustfmt::format(&mut files)?;
    Ok(files)
}

/// Writes the files; returns a line for each that changed, and one for the rest.
///
/// # Errors
/// Some files were edited by hand, and `force` is not set.
pub(crate) fn write(files: &Files, out: &Path, force: bool) -> Result<Vec<String>, Failure> {
    if !force {
        keep_edited(files, out)?;
    }
    let done = files
        .write(out)
        .map_err(|error| Failure::environment(format!("write {}", out.display()), error))?;
    let mut lines: Vec<String> = done
        .written
        .iter()
        .map(|path| format!("wrote {}", out.join(path).display()))
        .collect();
    lines.extend(
        done.removed
            .iter()
            .map(|path| format!("removed {}", out.join(path).display())),
    );
    if lines.is_empty() {
        lines.push(format!(
            "nothing to regenerate: {} files are as the specs say",
            done.unchanged
        ));
    }
    Ok(lines)
}

/// Fails with the files whose edits would be lost.
fn keep_edited(files: &Files, out: &Path) -> Result<(), Failure> {
    let found = compare(files, out)?;
    let edited = found.iter().filter(|one| one.kind == Kind::Edited);
    let names: Vec<String> = edited
        .map(|one| out.join(&one.path).display().to_string())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let message = format!(
        "error: nothing was written, for edits would be lost in\n  {}\nput them into the spec or into code of \
         your own; `fieldproof generate --diff` shows them, `fieldproof generate --force` overwrites them",
        names.join("\n  ")
    );
    Err(Failure::new(Exit::OutOfDate, message))
}

/// The differences between the files and those that would be written.
pub(crate) fn compare(files: &Files, out: &Path) -> Result<Vec<Difference>, Failure> {
    files
        .compare(out)
        .map_err(|error| Failure::environment(format!("read {}", out.display()), error))
}

/// Reports the differences.
pub(crate) fn report(found: &[Difference], out: &Path, diff: bool) -> Exit {
    for one in found {
        complain(&format!("{}: {}", one.kind, out.join(&one.path).display()));
        complain(if diff {
            &one.diff
        } else {
            first_lines(&one.diff)
        });
    }
    match found.len() {
        0 => {
            say("the generated code is up to date");
            Exit::Ok
        }
        count => {
            let files = if count == 1 { "file" } else { "files" };
            complain(&format!(
                "{count} {files} out of date; `fieldproof generate` writes what the specs say"
            ));
            Exit::OutOfDate
        }
    }
}

/// The first lines of a diff, enough to recognize it.
fn first_lines(diff: &str) -> &str {
    let end = diff
        .match_indices('\n')
        .nth(12)
        .map_or(diff.len(), |(at, _)| at);
    &diff[..end]
}

/// The name of the package in `out`.
pub(crate) fn package(out: &Path) -> Result<String, Failure> {
    let file = out.join("Cargo.toml");
    let text = fs::read_to_string(&file).map_err(|error| {
        let message = format!(
            "error: cannot read {}: {error}\n`fieldproof new NAME` makes a package to generate into, `--out DIR` names one that is there",
            file.display()
        );
        Failure::new(Exit::Environment, message)
    })?;
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    name.map(str::to_owned).ok_or_else(|| {
        Failure::new(
            Exit::Environment,
            format!("error: {} names no package", file.display()),
        )
    })
}
