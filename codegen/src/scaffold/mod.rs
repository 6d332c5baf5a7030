//! The files of a new project, written once and then its owner's.

use crate::write::Files;

/// A small spec to begin with.
const SPEC: &str = include_str!("spec.yaml");

/// The files of a new project called `name`; `runtime` is the value of its
/// dependency, such as `{ path = "…" }`.
#[must_use]
pub fn scaffold(name: &str, runtime: &str) -> Files {
    let mut files = Files::default();
    let api = name.replace('-', "_");
    let mut add = |path: String, text: String| files.add(path, text);
    add("Cargo.toml".to_owned(), cargo(name, runtime));
    add(format!("spec/{api}.yaml"), SPEC.replace("NAME", &api));
    add(
        ".gitignore".to_owned(),
        "/target\n/fieldproof-data\n".to_owned(),
    );
    add("README.md".to_owned(), readme(name, &api));
    files
}

fn cargo(name: &str, runtime: &str) -> String {
    format!(
        "[package]\n\
         name = \"{name}\"\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"1.95\"\n\
         publish = false\n\
         \n\
         # A project of its own, wherever it lies.\n\
         [workspace]\n\
         \n\
         [lints.rust]\n\
         unsafe_code = \"forbid\"\n\
         missing_docs = \"warn\"\n\
         \n\
         [dependencies]\n\
         axum = {{ version = \"0.8\", default-features = false }}\n\
         fieldproof-runtime = {runtime}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = \"1\"\n"
    )
}

fn readme(name: &str, api: &str) -> String {
    format!(
        "# {name}\n\
         \n\
         A server that is generated from `spec/{api}.yaml`. Edit the spec, then:\n\
         \n\
         ```\n\
         fieldproof generate --spec spec --out .\n\
         cargo run\n\
         ```\n\
         \n\
         `src`, `openapi` and `schema` are emitted; everything else is yours.\n"
    )
}
