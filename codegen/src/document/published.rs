//! JSON Schemas as files: one for each resource, object and table, which refer
//! to each other, so that together they are no larger than the API.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema;
use super::text::text;
use crate::plan::Plan;
use crate::write::Files;

/// Where `components` of OpenAPI have their schemas.
const COMPONENTS: &str = "#/components/schemas/";

/// What bodies begin the name of a schema with.
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

/// Where a schema stands.
struct Owner {
    /// The file.
    file: String,
    /// It is what the file is about.
    main: bool,
}

/// The file of each schema that a resource is made of.
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
            // A name of its own comes before one that begins like a body.
            match body.is_empty() {
                true => owners.insert(name.clone(), owner),
                false => {
                    owners.entry(format!("{body}{name}")).or_insert(owner);
                    None
                }
            };
        }
    }
    // What is left is a column of a table, or belongs to all. No module has a
    // hyphen in its name.
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

/// The schema with references to files, as seen from one of them.
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

/// A reference to a schema where it stands.
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
