//! The operations of an OpenAPI document.

use fieldproof_runtime::api::Api;
use serde_json::{Map, Value};

/// Methods that a path may have.
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options"];

/// An operation.
pub(crate) struct Operation {
    pub(crate) api: &'static Api,
    pub(crate) method: String,
    /// Path below the host, with parameters in braces.
    pub(crate) path: String,
    /// Parameters other than those of the path: name, place and schema.
    pub(crate) parameters: Vec<(String, String, Value)>,
    /// The parameter of the paths of the objects that it shows, if it is one of a collection.
    pub(crate) below: Option<String>,
    /// Media type and schema of the body, for each form in which it is taken.
    pub(crate) bodies: Vec<(String, Value)>,
}

impl Operation {
    /// All operations of an API, with an import for resources that cannot be created otherwise.
    pub(crate) fn all(api: &'static Api) -> Vec<Self> {
        let document: Value = serde_json::from_str(api.openapi).expect("a document");
        let paths = document["paths"].as_object().expect("paths");
        let mut all = Vec::new();
        for (path, item) in paths {
            let given = METHODS
                .iter()
                .filter_map(|name| Some((name, item.get(name)?)));
            for (method, operation) in given {
                let shared = item["parameters"].as_array().into_iter().flatten();
                let own = operation["parameters"].as_array().into_iter().flatten();
                let own = own.chain(shared).map(|one| resolve(&document, one));
                let own = own.filter(|one| one["in"] != "path");
                let text = |one: &Value, name: &str| one[name].as_str().unwrap_or("").to_owned();
                let own =
                    own.map(|one| (text(&one, "name"), text(&one, "in"), one["schema"].clone()));
                let content = operation["requestBody"]["content"].as_object();
                let content = content.into_iter().flatten();
                let bodies =
                    content.map(|(kind, one)| (kind.clone(), whole(&document, &one["schema"], 0)));
                all.push(Self {
                    api,
                    method: method.to_uppercase(),
                    path: format!("{}{path}", api.base),
                    parameters: own.collect(),
                    below: below(paths, path),
                    bodies: bodies.collect(),
                });
            }
        }
        if !all.iter().any(|one| one.method == "POST") {
            all.extend(imports(api, &document));
        }
        all
    }

    /// Whether it loads objects without a request.
    pub(crate) fn is_import(&self) -> bool {
        self.method == "IMPORT"
    }
}

/// The parameter that the paths of the objects in a collection end with.
fn below(paths: &Map<String, Value>, path: &str) -> Option<String> {
    let collection = path.trim_end_matches('/');
    let mut below = paths.keys().filter_map(|other| {
        let rest = other.strip_prefix(collection)?.strip_prefix("/{")?;
        rest.strip_suffix('}').filter(|name| !name.contains('/'))
    });
    below.next().map(str::to_owned)
}

/// Imports of the resources of an API, each object as the document shows it.
fn imports(api: &'static Api, document: &Value) -> Vec<Operation> {
    let loaders = api.loaders();
    let import = |resource: &'static str| {
        let schema = &document["components"]["schemas"][resource];
        (!schema.is_null()).then(|| Operation {
            api,
            method: "IMPORT".to_owned(),
            path: resource.to_owned(),
            parameters: Vec::new(),
            below: None,
            bodies: vec![("application/json".to_owned(), whole(document, schema, 0))],
        })
    };
    loaders
        .filter_map(|one| import(one.table.resource))
        .collect()
}

/// What a reference stands for, or the value itself.
fn resolve(document: &Value, value: &Value) -> Value {
    let target = value["$ref"].as_str().and_then(|at| at.strip_prefix('#'));
    match target.and_then(|at| document.pointer(at)) {
        Some(found) => found.clone(),
        None => value.clone(),
    }
}

/// Deepest nesting of schemas that is followed.
const DEEPEST: usize = 8;

/// A schema with its references resolved.
fn whole(document: &Value, schema: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Bool(true);
    }
    match resolve(document, schema) {
        Value::Object(members) => {
            let each = |(name, one)| {
                (
                    name,
                    whole(document, &one, depth + usize::from(is_schema(&one))),
                )
            };
            Value::Object(members.into_iter().map(each).collect())
        }
        Value::Array(items) => items
            .iter()
            .map(|one| whole(document, one, depth))
            .collect(),
        other => other,
    }
}

fn is_schema(value: &Value) -> bool {
    value.get("properties").is_some() || value.get("$ref").is_some()
}
