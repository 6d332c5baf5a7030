//! OpenAPI documents as they are served: with base paths, and combined for all APIs.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::service::Service;

/// The document of one API with its base path.
pub(super) fn of(service: &Service) -> Value {
    let mut document: Value = serde_json::from_str(service.api.openapi).unwrap_or_default();
    let url = if service.base.is_empty() {
        "/"
    } else {
        &service.base
    };
    document["servers"] = json!([{ "url": url }]);
    document
}

/// One document for all APIs.
pub(super) fn whole(services: &[Arc<Service>]) -> String {
    if let [service] = services {
        return of(service).to_string();
    }
    let mut paths = Map::new();
    let mut webhooks = Map::new();
    let mut components = Map::new();
    for service in services {
        // Names of components are unique within one API only.
        let own = format!("#/components/schemas/{}.", service.api.name);
        let text = service.api.openapi.replace("#/components/schemas/", &own);
        let mut document: Value = serde_json::from_str(&text).unwrap_or_default();
        for (path, mut item) in take(&mut document["paths"]) {
            name_apart(&mut item, service.api.name);
            paths.insert(format!("{}{path}", service.base), item);
        }
        for (name, mut item) in take(&mut document["webhooks"]) {
            name_apart(&mut item, service.api.name);
            webhooks.insert(format!("{}.{name}", service.api.name), item);
        }
        for (kind, entries) in take(&mut document["components"]) {
            let all = components.entry(kind.clone()).or_insert_with(|| json!({}));
            let Value::Object(entries) = entries else {
                continue;
            };
            for (name, entry) in entries {
                let name = if kind == "schemas" {
                    format!("{}.{name}", service.api.name)
                } else {
                    name
                };
                all[name] = entry;
            }
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "APIs of this server", "version": "1" },
        "servers": [{ "url": "/" }],
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": components,
    });
    if !webhooks.is_empty() {
        document["webhooks"] = webhooks.into();
    }
    document.to_string()
}

/// Names of operations and tags, too, are unique within one API only.
fn name_apart(item: &mut Value, api: &str) {
    let operations = item.as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in operations {
        if let Some(id) = operation["operationId"].as_str() {
            operation["operationId"] = format!("{api}.{id}").into();
        }
        let tags = operation.get_mut("tags").and_then(Value::as_array_mut);
        for tag in tags.into_iter().flatten() {
            *tag = format!("{api}.{}", tag.as_str().unwrap_or_default()).into();
        }
    }
}

fn take(value: &mut Value) -> Map<String, Value> {
    match value.take() {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
