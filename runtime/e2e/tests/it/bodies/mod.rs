//! Compares the schemas of bodies with what the service accepts: members of a valid body are
//! replaced by one value after the other.
//!
//! Whatever is accepted has to match the schema. Values that match it but are refused go beyond
//! what a schema can express; they are kept in a snapshot.

pub(crate) mod values;

use std::collections::{BTreeMap, BTreeSet};

use fieldproof_runtime::api::Api;
use fieldproof_runtime::body::{Draft, Reading, open};
use fieldproof_runtime::presets::Presets;
use fieldproof_runtime::problem::At;
use fieldproof_runtime::resource::{Resource, Updates};
use serde_json::{Value, json};

use self::values::{pool, variants};

/// A kind of body: its reader and a valid body.
pub(crate) struct Case {
    api: &'static Api,
    schema: String,
    read: fn(&'static Api, Value) -> BTreeSet<String>,
    body: Value,
    /// The only member to replace; `None` for all of them.
    only: Option<&'static str>,
}

/// The create and update bodies of a resource, given a body with all members.
pub(crate) fn cases<R: Updates>(api: &'static Api, body: &Value) -> Vec<Case> {
    let update = Case {
        schema: format!("Update{}", R::TABLE.resource),
        read: changed::<R>,
        ..create::<R>(api, body)
    };
    vec![create::<R>(api, body), update]
}

/// The create body of a resource, given a body with all members.
pub(crate) fn create<R: Resource>(api: &'static Api, body: &Value) -> Case {
    Case {
        api,
        schema: format!("Create{}", R::TABLE.resource),
        read: created::<R>,
        body: body.clone(),
        only: None,
    }
}

/// Like [`cases`], for a single member, if reading it is slow.
pub(crate) fn only<R: Updates>(api: &'static Api, body: &Value, name: &'static str) -> Vec<Case> {
    let only = |case| Case {
        only: Some(name),
        ..case
    };
    cases::<R>(api, body).into_iter().map(only).collect()
}

fn reading(api: &Api) -> Reading {
    Reading {
        presets: Presets::read(api.presets.as_ref(), None),
        ..Reading::default()
    }
}

fn created<R: Resource>(api: &'static Api, value: Value) -> BTreeSet<String> {
    let mut reading = reading(api);
    Draft::<R::Create>::read(value, "", R::TABLE, &mut reading);
    codes(&reading)
}

fn changed<R: Updates>(api: &'static Api, value: Value) -> BTreeSet<String> {
    let mut reading = reading(api);
    open::<R::Update>(value, "", R::TABLE, &mut reading);
    codes(&reading)
}

/// The locations and codes of violations.
fn codes(reading: &Reading) -> BTreeSet<String> {
    let one = |found: &fieldproof_runtime::problem::Violation| match &found.at {
        At::Pointer(place) => format!("{place} {}", found.code),
        other => format!("{other:?}"),
    };
    // A stand-in may exceed the length limit, but must not contain U+0000 either.
    let never = reading.excusable.iter();
    let never = never.filter(|found| found.code == "invalid_character");
    reading.found.iter().chain(never).map(one).collect()
}

/// Tries all values at all locations. Panics if any is accepted that does not match the schema;
/// returns those that match but are refused, by schema, location and code.
pub(crate) fn judge(cases: &[Case]) -> String {
    let mut narrow = Vec::new();
    let mut wide: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for case in cases {
        let document: Value = serde_json::from_str(case.api.openapi).unwrap();
        let schema = &document["components"]["schemas"][&case.schema];
        assert!(schema.is_object(), "{}", case.schema);
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": document["components"],
            "$ref": format!("#/components/schemas/{}", case.schema),
        });
        let validator = jsonschema::validator_for(&whole).unwrap();
        let mut body = case.body.clone();
        let members = body.as_object_mut().unwrap();
        members.retain(|name, _| schema["properties"].get(name).is_some());
        let refused = (case.read)(case.api, body.clone());
        assert!(refused.is_empty(), "{}: {refused:?}", case.schema);
        for (place, sent) in bodies(&body, case.only) {
            let refused = (case.read)(case.api, sent.clone());
            let why: Vec<String> = validator
                .iter_errors(&sent)
                .map(|one| one.to_string())
                .collect();
            let fits = why.is_empty();
            // Duplicate children are refused when an object is created, not when it is read.
            let twins = why.iter().all(|one| one.ends_with("non-unique elements"));
            if refused.is_empty() && !twins {
                narrow.push(format!("{} {place}: {why:?}", case.schema));
            }
            if fits && !refused.is_empty() {
                for code in refused {
                    let shown = sent.pointer(&place).unwrap_or(&Value::Null).to_string();
                    let shown = shown.chars().take(40).collect();
                    let line = format!("{} {} {code}", case.api.name, case.schema);
                    wide.entry(line).or_default().insert(shown);
                }
            }
        }
    }
    assert!(narrow.is_empty(), "{narrow:#?}");
    let lines = wide.iter().map(|(code, values)| {
        let values: Vec<&str> = values.iter().take(4).map(String::as_str).collect();
        format!("{code}: {}", values.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// All bodies with one value replaced, added or removed, and its location.
fn bodies(body: &Value, only: Option<&str>) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    walk(body, "", &mut places);
    let within = |place: &&String| only.is_none_or(|name| **place == format!("/{name}"));
    let mut all = Vec::new();
    for place in places.iter().filter(within) {
        let old = body.pointer(place).unwrap();
        for value in pool().into_iter().chain(variants(old)) {
            let mut sent = body.clone();
            *sent.pointer_mut(place).unwrap() = value;
            all.push((place.clone(), sent));
        }
        let (above, name) = place.rsplit_once('/').unwrap_or_default();
        let mut without = body.clone();
        if let Some(Value::Object(map)) = without.pointer_mut(above) {
            map.shift_remove(name);
            all.push((above.to_owned(), without));
        }
        let mut with = body.clone();
        if let Some(Value::Object(map)) = with.pointer_mut(place) {
            map.insert("zzz".to_owned(), json!([1]));
            all.push((place.clone(), with));
        }
    }
    all
}

/// All locations inside a body, including its own.
fn walk(value: &Value, place: &str, places: &mut Vec<String>) {
    places.push(place.to_owned());
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                walk(inner, &format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                walk(inner, &format!("{place}/{at}"), places);
            }
        }
        _ => {}
    }
}
