//! The library that is loaded before a server: compiled when a campaign begins.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Its source.
const SOURCE: &str = include_str!("shim.c");

/// What a campaign needs and is not here, if anything.
#[must_use]
pub fn missing() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("this is not Linux".to_owned());
    }
    let asked = Command::new("cc").arg("--version").output();
    asked.err().map(|why| format!("cc cannot be run: {why}"))
}

/// Compiles it into `folder`.
///
/// # Errors
/// This is not Linux, or there is no compiler, or it refuses the source.
pub(crate) fn compile(folder: &Path) -> Result<PathBuf, String> {
    if let Some(why) = missing() {
        return Err(why);
    }
    let (source, library) = (folder.join("shim.c"), folder.join("shim.so"));
    std::fs::write(&source, SOURCE).map_err(|why| why.to_string())?;
    let made = Command::new("cc")
        .args(["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"])
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .args(["-ldl", "-lpthread"])
        .output();
    match made {
        Err(why) => Err(format!("cc cannot be run: {why}")),
        Ok(made) if !made.status.success() => Err(String::from_utf8_lossy(&made.stderr).into()),
        Ok(_) => Ok(library),
    }
}
