//! Objects that are valid as a whole.

use fieldproof_spec::model::{Api, Field, Mode, Role};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::choice::with_chosen;
use super::member::member;
use crate::kind::{Within, kind};

/// Objects with every member; members whose type a sibling decides come last.
pub(super) fn object(api: &Api, fields: &[Field], inside: &[&str]) -> BoxedStrategy<Value> {
    let mut whole = Just(Map::new()).boxed();
    // Server-set members are not sent.
    let fields: Vec<Field> = fields
        .iter()
        .filter(|field| field.mode != Mode::ReadOnly)
        .cloned()
        .collect();
    let chosen = |field: &&Field| kind(&field.ty).decided_by().is_some();
    let within = Within {
        api,
        owner: &Map::new(),
        inside,
        objects: object,
    };
    for field in fields.iter().filter(|field| !chosen(field)) {
        let (name, value) = (field.name.clone(), member(field, &within));
        whole = (whole, value)
            .prop_map(move |(mut map, value)| {
                map.insert(name.clone(), value);
                map
            })
            .boxed();
    }
    for field in fields.iter().filter(chosen) {
        whole = with_chosen(field, whole, &within);
    }
    let legal = move |mut map: Map<String, Value>| {
        without(&fields, &mut map);
        for field in &fields {
            let other = |(sibling, text): &(String, String)| map[sibling] != text.as_str();
            if field.only_if.iter().any(other) {
                map.insert(field.name.clone(), Value::Null);
            }
        }
        let with = |role| fields.iter().find(|field| field.role == Some(role));
        let keys = with(Role::Keys).map(|field| &map[&field.name]);
        if let (Some(signed), true) = (with(Role::Signed), keys.is_some_and(Field::is_nothing)) {
            map.insert(signed.name.clone(), Value::Bool(false));
        }
        Value::Object(map)
    };
    whole.prop_map(legal).boxed()
}

/// Changes siblings that require members for which no value can be generated, such as an
/// object inside itself.
fn without(fields: &[Field], map: &mut Map<String, Value>) {
    let lacks =
        |field: &Field, map: &Map<String, Value>| map.get(&field.name).is_none_or(Value::is_null);
    for field in fields {
        for (sibling, text) in &field.required_if {
            let asks = map.get(sibling).and_then(Value::as_str) == Some(text);
            if !asks || !lacks(field, map) {
                continue;
            }
            let closed = fields.iter().find(|one| one.name == *sibling);
            let texts = closed.and_then(|one| kind(&one.ty).closed());
            let asked = |text: &String| {
                let needs = |one: &Field| {
                    let pair = (sibling.clone(), text.clone());
                    one.required_if.contains(&pair) && lacks(one, map)
                };
                fields.iter().any(needs)
            };
            if let Some(other) = texts.into_iter().flatten().find(|text| !asked(text)) {
                map.insert(sibling.clone(), other.into());
            }
        }
    }
}
