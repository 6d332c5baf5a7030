//! Specs as they were: in a folder, or at a revision of git.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use fieldproof_spec::model::Api;

use crate::exit::{Exit, Failure};
use crate::specs::apis;

/// The specs of `spec`, a file or a folder, as they were in the folder or at the revision
/// `against`.
pub(crate) fn specs_at(against: &str, spec: &Path) -> Result<Vec<Api>, Failure> {
    let folder = Path::new(against);
    if folder.is_dir() {
        return apis(folder);
    }
    let (home, file) = match spec.is_dir() {
        true => (spec.to_owned(), None),
        false => (folder_of(spec), spec.file_name()),
    };
    // A folder of its own, gone again when the specs are read.
    let copy = std::env::temp_dir().join(format!("fieldproof-diff-{}", std::process::id()));
    let done =
        check_out(against, &home, &copy).and_then(|()| match file.map(|file| copy.join(file)) {
            // A spec that is new has no earlier version.
            Some(file) if !file.exists() => Ok(Vec::new()),
            Some(file) => apis(&file),
            None => apis(&copy),
        });
    let _ = std::fs::remove_dir_all(&copy);
    done
}

fn folder_of(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| *parent != Path::new(""));
    parent.unwrap_or(Path::new(".")).to_owned()
}

/// Writes what `home` has at a revision into `copy`.
fn check_out(against: &str, home: &Path, copy: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::environment("read the specs of a revision", error);
    let git = |args: &[&str]| {
        let output = Process::new("git").arg("-C").arg(home).args(args).output();
        let output = output.map_err(failed)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => {
                let why = String::from_utf8_lossy(&output.stderr);
                let message = format!("error: `{against}` is no folder, and git says: {why}");
                Err(Failure::new(Exit::Usage, message.trim_end()))
            }
        }
    };
    let listed = git(&["ls-tree", "-r", "--name-only", against, "."])?;
    for file in String::from_utf8_lossy(&listed).lines() {
        let text = git(&["show", &format!("{against}:./{file}")])?;
        let target = copy.join(file);
        let parent = target.parent().unwrap_or(copy);
        std::fs::create_dir_all(parent).map_err(failed)?;
        std::fs::write(&target, text).map_err(failed)?;
    }
    Ok(())
}
