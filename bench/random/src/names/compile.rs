//! Compiles the generated code of several APIs as one crate.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use fieldproof_spec::model::Api;

/// Packages that generated code uses.
const PACKAGES: &[&str] = &["axum", "serde", "serde_json"];

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
    fs::write(folder.join("Cargo.toml"), manifest(root)?)?;
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

/// The manifest of the crate, in which warnings are errors.
fn manifest(root: &Path) -> io::Result<String> {
    let workspace = fs::read_to_string(root.join("Cargo.toml"))?;
    let wanted = |line: &&str| {
        let name = line.split('=').next().unwrap_or_default().trim();
        PACKAGES.contains(&name)
    };
    let packages: Vec<&str> = workspace.lines().filter(wanted).collect();
    Ok(format!(
        "[package]\nname = \"random-names\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\nunsafe_code = \"forbid\"\n\n\
         [dependencies]\nfieldproof-runtime = {{ path = {:?} }}\n{}\n",
        root.join("runtime"),
        packages.join("\n"),
    ))
}
