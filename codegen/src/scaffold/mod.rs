//! The files of a new project, which are written once and then belong to its owner.

use tera::{Context, Tera};

use crate::write::Files;

/// Path and template of each file.
const TEMPLATES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("Cargo.toml.tera")),
    ("README.md", include_str!("README.md.tera")),
    ("spec/API.yaml", include_str!("spec.yaml.tera")),
    (".gitignore", "/target\n/fieldproof-data\n"),
];

/// Generates the files of a new project called `name`; `runtime` is the value of the dependency
/// on the runtime, such as `{ path = "…" }`.
///
/// # Panics
/// If a template is malformed, which tests would have found.
#[must_use]
pub fn scaffold(name: &str, runtime: &str) -> Files {
    let api = name.replace('-', "_");
    let mut context = Context::new();
    context.insert("name", &name);
    context.insert("api", &api);
    context.insert("runtime", &runtime);
    let mut tera = Tera::default();
    let templates = TEMPLATES.iter().copied();
    tera.add_raw_templates(templates)
        .expect("templates of this crate");
    let mut files = Files::default();
    for (path, _) in TEMPLATES {
        let text = tera.render(path, &context).expect("values for every name");
        files.add(path.replace("API", &api), text);
    }
    files
}
