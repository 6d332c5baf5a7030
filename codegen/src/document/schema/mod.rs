//! Schemas: exact for responses; for bodies they allow every accepted notation.

mod choice;
mod member;
mod object;
mod problem;
mod request_schema;
mod response_schema;

use std::collections::BTreeSet;

use fieldproof_spec::model::{Field, Table};
use serde_json::{Map, Value, json};

use crate::kind::{Body, keys, numbered};
use crate::plan::Plan;
use crate::shape::{ANY, any};

/// All schemas of the API by name.
pub(super) fn all(plan: &Plan<'_>) -> Map<String, Value> {
    let mut all = Map::new();
    for resource in &plan.api.resources {
        let mut add = |prefix: &str, schema| {
            all.insert(format!("{prefix}{}", resource.name), schema);
        };
        add("", object::resource(resource));
        if resource.create.is_some() || resource.parent.is_some() {
            add("Create", object::created(plan, resource));
        }
        if let Some(append) = &resource.append {
            add("Append", object::appended(plan, resource, append));
        }
        if resource.update.is_some() {
            let takes = |field: &Field| field.on_update();
            add("Update", object::changed(plan, resource, takes, true));
        }
    }
    for object in &plan.api.objects {
        all.insert(object.name.clone(), object::shown(object));
        for of in Body::ALL {
            let name = format!("{}{}", of.prefix(), object.name);
            all.insert(name, object::requested(plan, object, of));
        }
    }
    for table in &plan.api.tables {
        all.insert(table.name.clone(), rows(plan, table));
        let columns = table.columns.iter();
        all.extend(columns.filter_map(|column| numbered(plan, table, &column.name)));
    }
    all.insert(ANY.to_owned(), any());
    all.insert(
        "Problem".to_owned(),
        problem::problem(&plan.api.dialect.refusals.value),
    );
    prune(plan, &mut all);
    all
}

/// Removes schemas that are only for bodies and that no body uses.
fn prune(plan: &Plan<'_>, all: &mut Map<String, Value>) {
    let kept = |name: &str| {
        let resources = plan.api.resources.iter();
        let nested = plan.api.objects.iter().any(|object| {
            Body::ALL
                .iter()
                .any(|of| name.strip_prefix(of.prefix()) == Some(&object.name))
        });
        !nested && !name.contains('.') || resources.into_iter().any(|one| one.name == name)
    };
    loop {
        let mut used = BTreeSet::new();
        for (name, schema) in &*all {
            let mut inner = BTreeSet::new();
            references(schema, &mut inner);
            // A schema that only refers to itself is unused.
            inner.remove(name);
            used.extend(inner);
        }
        let before = all.len();
        all.retain(|name, _| kept(name) || used.contains(name));
        if all.len() == before {
            return;
        }
    }
}

/// Collects the names of the schemas to which `value` refers.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str().filter(|_| key == "$ref") {
                    Some(path) => {
                        let path = path.trim_start_matches("#/components/schemas/");
                        let name = path.split('/').next().unwrap_or_default();
                        found.insert(name.to_owned());
                    }
                    None => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// A row of a reference table.
fn rows(plan: &Plan<'_>, table: &Table) -> Value {
    let column = |column: &fieldproof_spec::model::Column| {
        let ty = match column.nullable {
            true => json!(["string", "null"]),
            false => json!("string"),
        };
        let mut schema = json!({ "type": ty, "description": column.about });
        if let Some(keys) = keys(plan, table, &column.name) {
            schema["enum"] = keys.into();
        }
        (column.name.clone(), schema)
    };
    let properties: Map<String, Value> = table.columns.iter().map(column).collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "description": table.about, "required": required, "properties": properties })
}
