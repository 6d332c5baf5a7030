//! Objects whose values distinguish a filter from faulty ones.

use fieldproof_spec::model::{Asks, Derive, Field, Filter, Resource};
use serde_json::{Map, Value};

use crate::harness::{CheckError, Fixture, Harness};
use crate::kind::{alternatives, kind};
use crate::model::accept;
use crate::model::room;
use crate::strategy::within;
use crate::support::one_change;

/// Creates objects whose values distinguish the filter from faulty ones.
pub(crate) fn separating(
    harness: &Harness<'_>,
    resource: &Resource,
    filter: &Filter,
    field: &Field,
    above: &[String],
) -> Result<Vec<Fixture>, CheckError> {
    let parts: Vec<&Field> = match &field.derive {
        Some(Derive::Join(parts)) => parts
            .iter()
            .filter_map(|part| resource.field(part))
            .collect(),
        _ => vec![field],
    };
    if !field.on_create() && field.derive.is_none() {
        return stamped(harness, resource, field, above);
    }
    let written = parts.iter().all(|part| part.on_create());
    let mut bodies = match (filter.op.asks(), parts.as_slice()) {
        (Asks::Words, _) => searched(harness, resource, filter),
        (Asks::Several, _) => subsets(field),
        (_, _) if !written => Vec::new(),
        (_, [alone]) => values(harness, alone),
        _ => joined(harness, &parts),
    };
    // Two objects without the values, if there is room for more.
    let few = field.unique.is_some() && field.required && harness.is_limited(resource);
    bodies.extend(vec![Map::new(); if few { 0 } else { 2 }]);
    let most = room(harness.api, resource);
    if bodies.len() > most {
        bodies.drain(most.saturating_sub(2)..bodies.len() - 2);
    }
    // One of them has all members, so that what a question selects shows them.
    let make = |(at, body): (usize, &Map<String, Value>)| {
        let whole = match at {
            0 => harness.full_body(resource, body),
            _ => harness.small_body(resource, body),
        };
        harness.make_below(resource, above, whole)
    };
    bodies.iter().enumerate().map(make).collect()
}

/// Bodies with texts that are joined: in both orders, one alone, and in another case.
fn joined(harness: &Harness<'_>, parts: &[&Field]) -> Vec<Map<String, Value>> {
    let words: Vec<Value> = parts
        .iter()
        .map(|part| harness.fresh_for(part, &Map::new()))
        .collect();
    let all = |order: &mut dyn Iterator<Item = &Value>| -> Map<String, Value> {
        parts
            .iter()
            .zip(order)
            .filter(|(part, value)| takes(harness, part, value))
            .map(|(part, value)| (part.name.clone(), value.clone()))
            .collect()
    };
    let upper: Vec<Value> = words.iter().map(upper).collect();
    vec![
        all(&mut words.iter()),
        all(&mut words.iter().rev()),
        all(&mut words.iter().take(1)),
        all(&mut upper.iter()),
    ]
}

/// Whether the field accepts a value.
fn takes(harness: &Harness<'_>, field: &Field, value: &Value) -> bool {
    accept(harness.api, field, value, &Map::new(), "", &mut Vec::new()).is_some()
}

/// Creates objects that differ in a timestamp that the server sets.
pub(crate) fn stamped(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    above: &[String],
) -> Result<Vec<Fixture>, CheckError> {
    let mut made = Vec::new();
    // Times must differ in their last printed digit.
    let printed = kind(&field.ty).tick().unwrap_or(3);
    for at in 0..4 {
        if at > 0 {
            std::thread::sleep(std::time::Duration::from_millis(printed));
        }
        made.push(harness.make_below(
            resource,
            above,
            harness.small_body(resource, &Map::new()),
        )?);
    }
    let updated = resource.times.as_ref().map(|times| &times.updated);
    let change = match updated == Some(&field.name) {
        true => one_change(harness, resource, &made[0].shown),
        false => None,
    };
    if let Some(body) = change {
        // A change makes the first object the most recent one.
        std::thread::sleep(std::time::Duration::from_millis(printed));
        let exchange = harness.expect(200, &harness.change(resource, &made[0].path, &body)?)?;
        made[0].shown = exchange.json().as_object().cloned().unwrap_or_default();
    }
    Ok(made)
}

fn upper(value: &Value) -> Value {
    value
        .as_str()
        .map_or(Value::Null, |text| text.to_uppercase().into())
}

/// Bodies with values of one field that faulty comparisons confuse.
fn values(harness: &Harness<'_>, field: &Field) -> Vec<Map<String, Value>> {
    let mut bodies: Vec<Map<String, Value>> = Vec::new();
    for (sibling, ty) in alternatives(&field.ty) {
        let asks = sibling.map(|(by, text)| (by.to_owned(), Value::from(text)));
        let owner: Map<String, Value> = asks.into_iter().collect();
        let near = kind(ty).near(
            &within(harness.api, &owner),
            field.unique.is_some(),
            harness,
        );
        // A few of each type that a sibling may select.
        let most = if sibling.is_some() { 3 } else { near.len() };
        for value in near.into_iter().take(most) {
            if accept(harness.api, field, &value, &owner, "", &mut Vec::new()).is_none() {
                continue;
            }
            let mut body = owner.clone();
            body.insert(field.name.clone(), value);
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
    }
    bodies
}

/// Bodies that a search distinguishes: a word in each field, and wildcards.
fn searched(
    harness: &Harness<'_>,
    resource: &Resource,
    filter: &Filter,
) -> Vec<Map<String, Value>> {
    let names = std::iter::once(&filter.field).chain(&filter.or);
    let fields: Vec<&Field> = names
        .filter_map(|name| resource.field(name))
        .filter(|field| field.on_create())
        .collect();
    let mut bodies = Vec::new();
    for field in &fields {
        let value = kind(&field.ty).ending("Straße", harness);
        let value = value.unwrap_or_else(|| harness.fresh_for(field, &Map::new()));
        bodies.push([(field.name.clone(), value)].into_iter().collect());
    }
    for extra in ["%a_", "50%", "under_score"] {
        let texts = fields.iter().filter_map(|field| {
            let value = kind(&field.ty).ending(extra, harness)?;
            Some((field.name.clone(), value))
        });
        bodies.push(texts.collect());
    }
    bodies
}

/// Bodies with lists that distinguish "has all" from "has any", "has exactly these" and "in
/// this order".
fn subsets(field: &Field) -> Vec<Map<String, Value>> {
    let Some(values) = kind(&field.ty).closed() else {
        return Vec::new();
    };
    let some = |from: usize, to: usize| -> Map<String, Value> {
        let part: Vec<Value> = values[from..to]
            .iter()
            .cloned()
            .map(Value::String)
            .collect();
        [(field.name.clone(), Value::Array(part))]
            .into_iter()
            .collect()
    };
    let most = field.max_items.map_or(usize::MAX, |most| most as usize);
    let count = values.len();
    let fits = |body: &Map<String, Value>| {
        let items = body[&field.name].as_array();
        items.is_none_or(|items| items.len() <= most)
    };
    (0..count)
        .map(|at| some(at, at + 1))
        .chain((1..count).map(|at| some(at - 1, at + 1)))
        .chain([some(0, count.min(most)), some(0, 0)])
        .filter(fits)
        .collect()
}
