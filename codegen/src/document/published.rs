//! JSON Schema files: one for each resource, object and table, with references between them, so
//! that together they are no larger than the API.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema;
use super::text::text;
use crate::plan::Plan;
use crate::write::Files;

/// The prefix of references to schemas in an OpenAPI document.
const COMPONENTS: &str = "#/components/schemas/";

/// Prefixes for names of body schemas.
const BODIES: [&str; 4] = ["", "Create", "Update", "Append"];

/// Emits the schemas of an API.
pub(super) fn emit(plan: &Plan<'_>, files: &mut Files) {
    let mut all = schema::all(plan);
    let owners = owners(plan, &all);
    let mut parts: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (name, owner) in &owners {
        if let Some(one) = all.remove(name) {
            let part = parts.entry(&owner.file).or_default();
            part.insert(name.clone(), local(one, &owner.file, &owners));
        }
    }
    for (file, defs) in parts {
        let mut whole = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" });
        let main = defs.keys().find(|name| owners[*name].main);
        if let Some(name) = main {
            whole["$ref"] = format!("#/$defs/{name}").into();
        }
        whole["$defs"] = Value::Object(defs);
        files.add(format!("schema/{}/{file}", plan.api.name), text(&whole));
    }
}

/// Where a schema is published.
struct Owner {
    /// The file.
    file: String,
    /// Whether it is the main schema of the file.
    main: bool,
}

/// The file of each schema.
fn owners(plan: &Plan<'_>, all: &Map<String, Value>) -> BTreeMap<String, Owner> {
    let api = plan.api;
    let resources = api.resources.iter().map(|one| &one.name);
    let objects = api.objects.iter().map(|one| &one.name);
    let tables = api.tables.iter().map(|one| &one.name);
    let mut owners = BTreeMap::new();
    for name in resources.chain(objects).chain(tables) {
        for body in BODIES {
            let owner = Owner {
                file: format!("{}.json", plan.thing(name).module),
                main: body.is_empty(),
            };
            // A schema with this name of its own takes precedence over a prefixed one.
            match body.is_empty() {
                true => owners.insert(name.clone(), owner),
                false => {
                    owners.entry(format!("{body}{name}")).or_insert(owner);
                    None
                }
            };
        }
    }
    // The remaining schemas belong to a column of a table, or to all files. Names of modules
    // contain no hyphen.
    for name in all.keys().filter(|name| name.contains('.')) {
        let table = name.split('.').next().unwrap_or_default();
        let file = match api.table(table) {
            Some(_) => format!("{}.json", plan.thing(table).module),
            None => "any-value.json".to_owned(),
        };
        owners.insert(name.clone(), Owner { file, main: false });
    }
    owners
}

/// Converts references in a schema to references between files, as seen from the file `own`.
fn local(schema: Value, own: &str, owners: &BTreeMap<String, Owner>) -> Value {
    match schema {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| match (value, key.as_str()) {
                (Value::String(path), "$ref") => (key, refer(&path, own, owners).into()),
                (value, _) => (key, local(value, own, owners)),
            })
            .collect(),
        Value::Array(items) => {
            let items = items.into_iter();
            items.map(|item| local(item, own, owners)).collect()
        }
        other => other,
    }
}

/// A reference to a schema in the file where it is published.
fn refer(path: &str, own: &str, owners: &BTreeMap<String, Owner>) -> String {
    let Some(rest) = path.strip_prefix(COMPONENTS) else {
        return path.to_owned();
    };
    let name = rest.split('/').next().unwrap_or_default();
    let file = owners.get(name).map_or(own, |owner| owner.file.as_str());
    match file == own {
        true => format!("#/$defs/{rest}"),
        false => format!("{file}#/$defs/{rest}"),
    }
}
