//! Tests that need the documents themselves, which belong to their owners and are not part
//! of the project; without them, each test is shown as ignored.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use fieldproof_spec::model::{Api, Cited};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = std::env::var_os("FIELDPROOF_DOCUMENTS")
        .map_or_else(|| root.join("../shared/documents"), PathBuf::from);
    let supplied = documents.is_dir();
    let name = |name: &str| match supplied {
        true => name.to_owned(),
        false => format!("{name}: documents not supplied"),
    };
    let (folder, one, other) = (root.clone(), documents.clone(), documents);
    let trials = vec![
        Trial::test(
            name("every line of every document is covered or pending, and unchanged"),
            move || covered(&folder, &one),
        )
        .with_ignored_flag(!supplied),
        Trial::test(
            name("printed objects and bodies are those of the specs"),
            move || printed(&root, &other),
        )
        .with_ignored_flag(!supplied),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn covered(root: &Path, documents: &Path) -> Result<(), Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_fieldproof"))
        .arg("coverage")
        .arg("--documents")
        .arg(documents)
        .current_dir(root)
        .output()?;
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    // Pending lines are allowed; all others have to be covered and unchanged.
    let pending = text.contains("\n  pending, ");
    let named = output.status.success() || pending && output.status.code() == Some(1);
    match named && output.stderr.is_empty() && !text.contains("no row cites") {
        true => Ok(()),
        false => Err(text.into()),
    }
}

fn printed(root: &Path, documents: &Path) -> Result<(), Failed> {
    for loaded in fieldproof_spec::load(&root.join("spec"))? {
        let Some(api) = loaded.api else {
            return Err(loaded.render(false).into());
        };
        for example in &api.examples {
            same(&api, documents, &example.printed, &example.value)?;
        }
        for command in &api.commands {
            if let (Some(printed), Some(body)) = (&command.printed, &command.body) {
                same(&api, documents, printed, body)?;
            }
        }
    }
    Ok(())
}

/// Whether the JSON text at the cited lines is `value`.
fn same(api: &Api, documents: &Path, printed: &Cited, value: &Value) -> Result<(), Failed> {
    let file = &api.documents[&printed.document].file;
    let text = fs::read_to_string(documents.join(file))?;
    let lines = text
        .lines()
        .skip(printed.first as usize - 1)
        .take((printed.last - printed.first + 1) as usize);
    let text = lines.collect::<Vec<_>>().join("\n");
    let start = text.find('{').unwrap_or_default();
    let end = text.rfind('}').map_or(text.len(), |at| at + 1);
    let found: Value = serde_json::from_str(&text[start..end])
        .map_err(|error| format!("{file} {printed}: {error}"))?;
    match found == *value {
        true => Ok(()),
        false => Err(format!(
            "{file} {printed}: the document prints {found}, the spec has {value}"
        )
        .into()),
    }
}
