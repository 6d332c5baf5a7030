//! Emitted documents for readers: JSON Schemas of objects, OpenAPI.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use fieldproof_codegen::emit;
use fieldproof_spec::load;
use fieldproof_spec::model::Api;
use jsonschema::{Registry, Validator};
use serde_json::Value;

use super::root;

/// The APIs of a folder or file.
fn apis(path: &Path) -> Vec<Api> {
    let loaded = load(path).unwrap();
    let read = loaded.into_iter().map(|one| one.api);
    read.collect::<Option<_>>()
        .expect("a spec without findings")
}

/// The emitted schemas of an API, by file name.
fn schemas(api: &Api) -> BTreeMap<String, Value> {
    let files = emit(std::slice::from_ref(api), "server").0;
    let folder = format!("schema/{}/", api.name);
    let own = files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(&folder)?, text)));
    own.map(|(name, text)| (name.to_owned(), serde_json::from_str(text).unwrap()))
        .collect()
}

/// The base URL of the files, so that references between them resolve.
const HERE: &str = "https://schemas.example/";

/// A validator for objects of a resource.
fn validator(schemas: &BTreeMap<String, Value>, api: &Api, resource: &str) -> Validator {
    let name = schemas.iter().find(|(_, schema)| {
        let main = format!("#/$defs/{resource}");
        schema["$ref"].as_str() == Some(&main)
    });
    let (name, _) = name.unwrap_or_else(|| panic!("{} has no {resource}", api.name));
    let mut registry = Registry::new();
    for (file, schema) in schemas {
        registry = registry
            .add(format!("{HERE}{file}"), schema.clone())
            .unwrap();
    }
    let registry = registry.prepare().unwrap();
    let all = serde_json::json!({ "$ref": format!("{HERE}{name}") });
    jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(&all)
        .unwrap()
}

#[test]
fn every_printed_object_fits_its_published_schema() {
    let mut count = 0;
    for api in apis(&root().join("spec")) {
        let schemas = schemas(&api);
        for (at, example) in api.examples.iter().enumerate() {
            let own = validator(&schemas, &api, &example.of);
            let wrong: Vec<String> = own
                .iter_errors(&example.value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{} {at}: {wrong:#?}", api.name);
            count += 1;
        }
    }
    assert!(count > 3, "{count} examples");
}

#[test]
fn a_published_schema_refuses_what_is_no_such_object() {
    let all = apis(&root().join("spec"));
    let api = all.iter().find(|api| !api.examples.is_empty()).unwrap();
    let example = &api.examples[0];
    let own = validator(&schemas(api), api, &example.of);
    for member in example.value.as_object().unwrap().keys() {
        let mut spoiled = example.value.clone();
        spoiled[member] = serde_json::json!([{ "no": "such value" }]);
        assert!(!own.is_valid(&spoiled), "{member}");
    }
}

#[test]
fn an_openapi_document_names_the_refusal_of_changes_without_a_version() {
    for mut api in apis(&root().join("spec")) {
        for (value, named) in [("optional", false), ("required", true)] {
            api.set("if_match", value).unwrap();
            let files = emit(std::slice::from_ref(&api), "server").0;
            let text = &files[&format!("openapi/{}.json", api.name)];
            let document: Value = serde_json::from_str(text).unwrap();
            let paths = document["paths"].as_object().unwrap();
            let all = paths.values().filter_map(Value::as_object).flatten();
            for (method, operation) in all {
                // Only changes can fail because of another version.
                let changes = !operation["responses"]["412"].is_null();
                let found = !operation["responses"]["428"].is_null();
                assert_eq!(found, changes && named, "{method} {operation}");
            }
        }
    }
}

/// A spec with this many resources of 22 members each, including an object.
fn large(resources: usize) -> String {
    let mut text = "fieldproof: 1
api: large
title: Large
auth: { scope: large }
objects:
  Part:
    fields:
      size: { type: integer, default: 1 }
resources:
"
    .to_owned();
    for at in 0..resources {
        let _ = write!(
            text,
            "  Thing{at}:
    path: /things{at}
    id: {{ field: id, kind: hex24 }}
    list: {{}}
    get: {{}}
    create: {{}}
    update: {{ verb: PUT, effect: merge }}
    delete: {{}}
    fields:
      id: {{ type: id, mode: read-only }}
      part: {{ type: Part }}
"
        );
        for member in 0..20 {
            let _ = writeln!(text, "      m{member}: {{ type: string, max: 20 }}");
        }
    }
    text
}

/// The total size in bytes of the files emitted for this many resources.
fn emitted(resources: usize) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.yaml");
    fs::write(&path, large(resources)).unwrap();
    let files = emit(&apis(&path), "server");
    files.0.values().map(String::len).sum()
}

#[test]
fn what_is_emitted_grows_with_the_spec_and_no_faster() {
    let (some, twice) = (emitted(60), emitted(120));
    assert!(twice * 10 < some * 21, "{some} bytes, then {twice}");
}
