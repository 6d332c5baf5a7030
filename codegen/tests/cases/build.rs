//! Lists the modules that the cases emit.

use std::env::var_os;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=.");
    let mut text = String::new();
    for case in folders(Path::new("."))? {
        for module in folders(&case.join("expected/src"))? {
            let file = module.canonicalize()?.join("mod.rs");
            let name = module.file_name().unwrap_or_default();
            text.push_str(&format!(
                "#[path = {file:?}]\npub mod r#{};\n",
                name.display()
            ));
        }
    }
    let out = PathBuf::from(var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("cases.rs"), text)
}

/// The folders in `folder`, in the order of their names.
fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        found.push(entry?.path());
    }
    found.retain(|path| path.is_dir());
    found.sort();
    Ok(found)
}
