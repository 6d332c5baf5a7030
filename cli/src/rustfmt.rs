//! Formats emitted code with the toolchain's `rustfmt`, so that committed code is what
//! `cargo fmt` would produce.

use std::fs;
use std::process::Command;

use fieldproof_codegen::Files;

use crate::exit::{Exit, Failure};

/// Formats every Rust file.
pub(crate) fn format(files: &mut Files) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("fieldproof-format-{}", std::process::id()));
    let done = format_in(files, &folder);
    let _ = fs::remove_dir_all(&folder);
    done
}

fn format_in(files: &mut Files, folder: &std::path::Path) -> Result<(), Failure> {
    let failed = |error| Failure::environment("format the emitted code", error);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut paths = Vec::new();
    for (at, text) in files
        .0
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, text)| text)
        .enumerate()
    {
        // The files are numbered, and each is formatted on its own.
        let path = folder.join(format!("{at}.rs"));
        fs::write(&path, text).map_err(failed)?;
        paths.push(path);
    }
    // Otherwise `rustfmt` would look for modules beside the numbered files.
    let output = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--style-edition",
            "2024",
            "--config",
            "skip_children=true",
        ])
        .args(&paths)
        .output()
        .map_err(|error| {
            let message = format!(
                "error: cannot run rustfmt: {error}\n`rustup component add rustfmt` installs it"
            );
            Failure::new(Exit::Environment, message)
        })?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Failure::environment("format the emitted code", why));
    }
    let texts = files.0.iter_mut().filter(|(path, _)| path.ends_with(".rs"));
    for ((_, text), path) in texts.zip(paths) {
        *text = fs::read_to_string(path).map_err(failed)?;
    }
    Ok(())
}
