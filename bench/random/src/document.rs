//! Validates the OpenAPI document of a spec by the official schema.

use std::sync::OnceLock;

use fieldproof_spec::model::Api;
use jsonschema::Validator;
use serde_json::{Value, json};

/// The faults in the document of an API.
#[must_use]
pub fn faults(api: &Api) -> Vec<String> {
    let document = fieldproof_codegen::openapi(api);
    let mut faults: Vec<String> = validator()
        .iter_errors(&document)
        .map(|error| {
            format!("{}: {error}", error.instance_path())
                .chars()
                .take(400)
                .collect()
        })
        .collect();
    dangling(&document, &document, &mut faults);
    faults
}

/// A validator for the official schema, with JSON Schema for the schemas inside.
fn validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| {
        let official: Value = serde_json::from_str(include_str!("../data/openapi-3.1.json")).expect("JSON");
        let id = official["$id"].as_str().expect("an identifier").to_owned();
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:fieldproof:openapi",
            "$ref": id,
            "$defs": {
                "schema": { "$dynamicAnchor": "meta", "$ref": "https://json-schema.org/draft/2020-12/schema" },
                "official": official,
            },
        });
        jsonschema::draft202012::new(&whole).expect("a schema")
    })
}

/// Finds references to nothing.
fn dangling(root: &Value, value: &Value, faults: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(target)) = map.get("$ref") {
                let found = target
                    .strip_prefix('#')
                    .and_then(|pointer| root.pointer(pointer));
                if found.is_none() {
                    faults.push(format!("{target} leads nowhere"));
                }
            }
            map.values().for_each(|value| dangling(root, value, faults));
        }
        Value::Array(items) => items.iter().for_each(|value| dangling(root, value, faults)),
        _ => {}
    }
}
