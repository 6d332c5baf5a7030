//! The OpenAPI document of a running server, and checks of responses against it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Answer, send};
use super::server::Server;

/// The document of one API.
pub(crate) struct Document(pub(crate) Value);

impl Document {
    /// Reads the document from the server.
    pub(crate) fn of(server: &Server, api: &str) -> Self {
        let shown = send(server, "GET", &format!("/openapi/{api}.json"), "");
        assert_eq!(shown.status, 200, "{shown:?}");
        Self(shown.json())
    }

    /// The methods of a path, in upper case.
    pub(crate) fn methods(&self, path: &str) -> BTreeSet<String> {
        let item = self.0["paths"][path].as_object().into_iter().flatten();
        item.map(|(method, _)| method.to_uppercase()).collect()
    }

    /// Why `value` does not match `schema`: violations, and members that the schema does not
    /// name.
    pub(crate) fn objections(&self, schema: &Value, value: &Value) -> Vec<String> {
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": self.0["components"],
            "allOf": [schema],
        });
        let validator = jsonschema::validator_for(&whole).unwrap();
        let errors = validator.iter_errors(value);
        let mut found: Vec<String> = errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        self.unnamed(&[schema], value, "", &mut found);
        found
    }

    /// All schemas that apply where `schema` does.
    fn all<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let referred = schema["$ref"].as_str().map(|path| {
            let one = self.0.pointer(path.trim_start_matches('#'));
            one.unwrap_or_else(|| panic!("{path} is not there"))
        });
        let lists = ["allOf", "anyOf", "oneOf"];
        let inner = lists.iter().filter_map(|name| schema[name].as_array());
        let inner = referred.into_iter().chain(inner.flatten());
        let mut all: Vec<&Value> = inner.flat_map(|one| self.all(one)).collect();
        all.push(schema);
        all
    }

    fn unnamed(&self, schemas: &[&Value], value: &Value, place: &str, found: &mut Vec<String>) {
        let all: Vec<&Value> = schemas.iter().flat_map(|one| self.all(one)).collect();
        match value {
            Value::Array(items) => {
                let inner = all.iter().map(|one| &one["items"]);
                let inner: Vec<&Value> = inner.filter(|one| one.is_object()).collect();
                for item in items {
                    self.unnamed(&inner, item, place, found);
                }
            }
            Value::Object(map) if all.iter().any(|one| one["properties"].is_object()) => {
                for (name, value) in map {
                    let named = all.iter().filter_map(|one| one["properties"].get(name));
                    let named: Vec<&Value> = named.collect();
                    let place = format!("{place}/{name}");
                    match named.is_empty() {
                        true => found.push(format!("{place} is not documented")),
                        false => self.unnamed(&named, value, &place, found),
                    }
                }
            }
            _ => {}
        }
    }

    /// Asserts that a response is documented: its status, media type, header fields and body.
    pub(crate) fn judge(&self, method: &str, path: &str, answer: &Answer) {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        let response = &operation["responses"][answer.status.to_string()];
        assert!(
            response.is_object(),
            "{method} {path} does not document {answer:?}"
        );
        for (name, _) in response["headers"].as_object().into_iter().flatten() {
            let sent = answer.header(&name.to_lowercase()).is_some();
            // The last page has no link to a next one.
            assert!(sent || name == "Link", "{method} {path}: no {name}");
        }
        let Some(content) = response["content"].as_object() else {
            assert_eq!(answer.body, "", "{method} {path}");
            return;
        };
        let label = answer.header("content-type").unwrap_or_default();
        assert!(content.contains_key(label), "{method} {path}: {label}");
        let found = self.objections(&content[label]["schema"], &answer.json());
        assert!(
            found.is_empty(),
            "{method} {path}: {found:#?} in {}",
            answer.body
        );
    }
}
