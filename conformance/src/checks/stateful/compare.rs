//! Comparison of the answers of two services.

use fieldproof_spec::model::{Api, Places, Resource, Source, Type};
use serde_json::{Map, Value, json};

use crate::kind::kind;
use crate::model::Reply;

/// The body of an answer as JSON.
pub(super) fn parse(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or(Value::Null)
}

/// Places and codes of the model's violations, sorted.
pub(super) fn places_of(body: &Value, places: Places) -> Vec<(String, Option<String>)> {
    let errors = body["errors"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> = errors
        .map(|error| {
            (
                places.of(&text(&error["pointer"])),
                Some(text(&error["code"])),
            )
        })
        .collect();
    all.sort();
    all
}

/// The object without values that legitimately differ between two services.
pub(super) fn blank(api: &Api, resource: &Resource, body: &Value) -> Value {
    let Value::Object(map) = body else {
        return body.clone();
    };
    let times = resource.times.as_ref();
    let mut kept = Map::new();
    for (name, value) in map {
        let stamped = times.is_some_and(|times| *name == times.created || *name == times.updated);
        let made = resource
            .field(name)
            .is_some_and(|field| kind(&field.ty).is_made());
        let secret = resource
            .field(name)
            .is_some_and(|field| field.scope.is_some());
        // The model knows neither the caller nor the host.
        let asked = |source: &Source| matches!(source, Source::Request { .. });
        let asked = resource
            .field(name)
            .is_some_and(|field| field.fallback.iter().any(asked));
        if *name == resource.id || stamped || made || secret || asked {
            continue;
        }
        // What falls back on the identifier is one that each of them made.
        let falls = resource
            .field(name)
            .is_some_and(|field| !field.fallback.is_empty());
        if falls && map.get(&resource.id) == Some(value) {
            kept.insert(name.clone(), json!({ "as": resource.id }));
            continue;
        }
        let each = |blank: &dyn Fn(&Value) -> Value| match value {
            Value::Array(items) => items.iter().map(blank).collect(),
            one => one.clone(),
        };
        let ty = resource.field(name).map(|field| &field.ty);
        let value = if let Some(Type::Child(child)) = ty
            && let Some(child) = api.resource(child)
        {
            each(&|item| blank(api, child, item))
        } else if let Some(Type::Shared(object)) = ty
            && let Some(shared) = api.object(object).and_then(|one| one.shared.as_ref())
        {
            each(&|item| without(item, &shared.id))
        } else {
            value.clone()
        };
        kept.insert(name.clone(), value);
    }
    Value::Object(kept)
}

/// The object without one of its members.
fn without(object: &Value, name: &str) -> Value {
    let members = object.as_object().into_iter().flatten();
    let others = members.filter(|(own, _)| own.as_str() != name);
    let others = others.map(|(own, value)| (own.clone(), value.clone()));
    Value::Object(others.collect())
}
