use std::path::{Path, PathBuf};

use fieldproof_spec::{load, syntax};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn committed(name: &str, schema: &Value) -> Value {
    let path = folder().join("schema").join(name);
    let text = format!("{schema:#}\n");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "{name} is not what the code says; run this test with UPDATE_SCHEMA=1"
    );
    serde_json::from_str(&found).unwrap()
}

/// A YAML file as JSON, as an editor's language server reads it.
fn yaml(path: &Path) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_committed_schemas_are_those_of_the_code() {
    committed("spec.schema.json", &syntax::schema());
    committed("conventions.schema.json", &syntax::conventions_schema());
}

#[test]
fn every_committed_spec_is_valid_under_the_schema_and_read_without_findings() {
    let specs = jsonschema::draft7::new(&syntax::schema()).unwrap();
    let conventions = jsonschema::draft7::new(&syntax::conventions_schema()).unwrap();
    for one in load(&folder()).unwrap() {
        assert!(one.found.is_empty(), "{}", one.render(false));
        let errors: Vec<String> = specs
            .iter_errors(&yaml(&one.path))
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", one.path.display());
    }
    assert!(conventions.is_valid(&yaml(&folder().join("conventions.yaml"))));
}

#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let schema = jsonschema::draft7::new(&syntax::schema()).unwrap();
    for (from, to) in [
        ("max: 60", "max: many"),
        ("kind: hex24", "kind: hex25"),
        ("op: equals", "opp: equals"),
        ("api: shelves", "apy: shelves"),
    ] {
        let text = super::SPEC.replacen(from, to, 1);
        let value: Value = serde_yaml::from_str(&text).unwrap();
        assert!(!schema.is_valid(&value), "{to}");
        assert!(!super::places(&text).is_empty(), "{to}");
    }
}
