//! Documents for other tools: OpenAPI 3.1 and JSON Schema.

mod answer;
mod manage;
mod operation;
mod parameter;
mod published;
mod schema;
mod text;

use fieldproof_spec::model::{Operation, Ruling};
use serde_json::{Map, Value, json};

use self::text::text;
use crate::ir::{operations, owned};
use crate::plan::Plan;
use crate::write::Files;

/// Emits the documents of one API.
pub(crate) fn emit(plan: &Plan<'_>, files: &mut Files) {
    files.add(
        format!("openapi/{}.json", plan.api.name),
        text(&openapi(plan)),
    );
    published::emit(plan, files);
}

/// The OpenAPI 3.1 document of an API, for an empty base.
pub(crate) fn openapi(plan: &Plan<'_>) -> Value {
    let api = plan.api;
    let mut paths = Map::new();
    for resource in &api.resources {
        for one in operations(resource) {
            let item = paths.entry(one.path.clone()).or_insert_with(|| json!({}));
            for (at, verb) in one.verbs.iter().enumerate() {
                let own = one.kind == Operation::Create || one.path.starts_with(&resource.path);
                let canonical = at == 0 && own;
                item[verb.as_str().to_lowercase()] =
                    operation::operation(plan, resource, &one, *verb, canonical);
            }
        }
    }
    if let Some(presets) = &api.presets {
        paths.insert(presets.path.clone(), operation::presets(api, presets));
    }
    for (table, path) in owned(api) {
        paths.insert(path.clone(), operation::rows(api, table));
    }
    paths.extend(manage::paths(api));
    let mut schemas = schema::all(plan);
    schemas.extend(manage::schemas(api));
    let webhooks = manage::webhooks(api);
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": api.title, "description": api.about, "version": "1" },
        "servers": [{ "url": "/" }],
        "security": answer::ways(api, &json!([])),
        "paths": paths,
        "x-rulings": rulings(plan),
        "components": {
            "securitySchemes": answer::schemes(api),
            "schemas": schemas,
        },
    });
    if !webhooks.is_empty() {
        document["webhooks"] = webhooks.into();
    }
    stated(document)
}

/// The rulings: decisions where the documents are silent or contradict themselves.
fn rulings(plan: &Plan<'_>) -> Value {
    let one = |(id, ruling): (&String, &Ruling)| {
        let documented = ruling
            .documented
            .iter()
            .map(|(cite, text)| (cite.to_string(), text.clone()));
        let documented: Map<String, Value> =
            documented.map(|(cite, text)| (cite, text.into())).collect();
        let told = json!({ "title": ruling.title, "documented": documented, "chosen": ruling.chosen, "why": ruling.why });
        (id.clone(), told)
    };
    Value::Object(plan.api.rulings.iter().map(one).collect())
}

/// Removes descriptions and summaries that the spec does not have.
fn stated(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let missing = |key: &str, value: &Value| {
                value.is_null() && matches!(key, "description" | "summary")
            };
            let kept = map.into_iter().filter(|(key, value)| !missing(key, value));
            kept.map(|(key, value)| (key, stated(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(stated).collect(),
        other => other,
    }
}
