//! Compiles the generated code of several APIs as one crate.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use fieldproof_spec::model::Api;

/// Generates the APIs into one crate below `target` and checks it; returns the compiler's
/// output, if it reports anything. Package versions are those of the workspace at `root`.
///
/// # Errors
/// The folder cannot be written, or the compiler cannot be started.
pub fn compile(root: &Path, target: &Path, apis: &[Api]) -> io::Result<Option<String>> {
    let folder = target.join("random-names");
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in &fieldproof_codegen::emit(apis, "random-names").0 {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, text)?;
    }
    fs::write(folder.join("Cargo.toml"), manifest(root))?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["check", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "");
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let clean = output.status.success() && said.trim().is_empty();
    Ok((!clean).then_some(said))
}

/// The manifest of a new project, in which warnings are errors.
fn manifest(root: &Path) -> String {
    let runtime = format!("{{ path = {:?} }}", root.join("runtime"));
    let files = fieldproof_codegen::scaffold("random-names", &runtime).0;
    let own = files.into_iter().find(|(path, _)| path == "Cargo.toml");
    let (_, text) = own.expect("a project has a manifest");
    text.replace("[lints.rust]", "[lints.rust]\nwarnings = \"deny\"")
}
