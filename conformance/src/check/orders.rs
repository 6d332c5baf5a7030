//! Orders of lists.

use fieldproof_spec::model::{Api, PageStyle, Resource};
use serde_json::{Map, Value};

use super::duty::room;
use super::{Check, Duty};
use crate::lab::{Lab, Made, Stop};
use crate::model::{Question, Record, ordered};

pub(super) static CHECK: Check = Check {
    name: "orders",
    about: "The sort key orders objects as the reference model does, smallest first and, with `desc`, exactly the \
            other way round: `null` at the end, texts by their folded code points, ties by identifier. Pages keep that \
            order.",
    oblige,
    run,
};

fn oblige(api: &Api) -> Vec<Duty> {
    let mut duties = Vec::new();
    for resource in api
        .resources
        .iter()
        .filter(|resource| resource.create.is_some())
    {
        let Some(sort) = resource.list.as_ref().and_then(|list| list.sort.as_ref()) else {
            continue;
        };
        for key in &sort.keys {
            let subject = format!("{}.list.sort.{key}", resource.name);
            duties.push(Duty::new(subject, &resource.name, key, &[&sort.row]));
        }
        let subject = format!("{}.list.sort", resource.name);
        duties.push(Duty::new(subject, &resource.name, "", &[&sort.row]));
    }
    duties
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let Some(sort) = resource.list.as_ref().and_then(|list| list.sort.as_ref()) else {
        return Ok(());
    };
    let key = &duty.member;
    let above = lab.make_above(resource)?;
    let field = if key.is_empty() { &sort.default } else { key };
    let (made, changed) = separating(lab, resource, field, &above)?;
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let records = records(&made, &changed);
    let collection = crate::lab::collection(resource, &above);
    let mut orders = vec![(String::new(), None)];
    orders
        .extend(["asc", "desc"].map(|way| (format!("&{}={way}", sort.order), Some(way == "desc"))));
    for (way, descending) in orders {
        let by = match key.is_empty() {
            true => String::new(),
            false => format!("{}={key}", sort.by),
        };
        let query = format!("{by}{way}");
        let question = Question {
            filters: Vec::new(),
            sort: (!key.is_empty()).then(|| key.clone()),
            descending: descending
                .unwrap_or(sort.default_order == fieldproof_spec::model::Order::Desc),
        };
        let expected: Vec<String> = ordered(resource, &question, records.iter().collect())
            .iter()
            .map(|record| record.id.clone())
            .collect();
        let query = query.trim_start_matches('&');
        let found = in_pages(lab, resource, &collection, query, &own)?;
        let found = match found.iter().find(|found| **found != expected) {
            Some(found) => found.clone(),
            None => continue,
        };
        {
            let show = |ids: &[String]| -> Value {
                let value = |id: &String| {
                    made.iter()
                        .find(|one| one.id() == id)
                        .and_then(|one| one.shown.get(field))
                        .cloned()
                };
                ids.iter().map(|id| value(id).unwrap_or_default()).collect()
            };
            return lab.fail(format!(
                "`{query}` orders as {}, got {}",
                show(&expected),
                show(&found)
            ));
        }
    }
    Ok(())
}

/// The list at once and in a few pages: sorted page by page it would differ.
fn in_pages(
    lab: &Lab<'_>,
    resource: &Resource,
    collection: &str,
    query: &str,
    own: &[String],
) -> Result<Vec<Vec<String>>, Stop> {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let limit = page.filter(|(page, _)| page.style == PageStyle::LimitOffset);
    let Some((page, _)) = limit else {
        return Ok(vec![lab.walk(resource, collection, query, own)?]);
    };
    let whole = Some(page.max as usize);
    let (whole, total) = lab.pages(resource, collection, query, own, whole)?;
    let few = (total / 4).clamp(2, page.max as usize);
    let (parts, _) = lab.pages(resource, collection, query, own, Some(few))?;
    Ok(vec![whole, parts])
}

/// Objects whose values tell the order from its wrong twins, in mixed order.
fn separating(
    lab: &Lab<'_>,
    resource: &Resource,
    key: &str,
    above: &[String],
) -> Result<(Vec<Made>, Vec<usize>), Stop> {
    use fieldproof_spec::model::Type;
    let mut bodies: Vec<Map<String, Value>> = Vec::new();
    let field = resource.field(key);
    let parts: Vec<&str> = match field.and_then(|field| field.derive.as_ref()) {
        Some(fieldproof_spec::model::Derive::Join(parts)) => {
            parts.iter().map(String::as_str).take(1).collect()
        }
        _ => vec![key],
    };
    for part in parts {
        let Some(field) = resource.field(part).filter(|field| field.on_create()) else {
            continue;
        };
        let values: Vec<Value> = match &field.ty {
            Type::Text { min: 0, max } if *max >= 4 => [
                "b", "A", "a", "B", "Z", "é", "_", "10", "9", "😀", "\u{ffff}", "", "ß", "ss",
            ]
            .map(Value::from)
            .to_vec(),
            Type::Boolean => [true, false, true, false].map(Value::from).to_vec(),
            Type::Values(values) => values
                .iter()
                .rev()
                .chain(values)
                .cloned()
                .map(Value::String)
                .collect(),
            ty => shuffled(lab, ty),
        };
        for value in values {
            let mut body = Map::new();
            // Without a sibling's word, a value is of the first type it could name.
            if let Type::Choice { by, of } = &field.ty {
                body.extend(
                    of.first()
                        .map(|(text, _)| (by.clone(), Value::from(text.as_str()))),
                );
            }
            body.insert(field.name.clone(), value);
            bodies.push(body);
        }
        if field.nullable {
            bodies.extend(
                [Value::Null, Value::Null]
                    .map(|null| [(field.name.clone(), null)].into_iter().collect()),
            );
        }
    }
    // Keys that clients do not write still have an order.
    if bodies.is_empty() {
        bodies = vec![Map::new(); 6];
    }
    bodies.truncate(room(lab.api, resource));
    let mut made = Vec::new();
    for body in bodies {
        made.push(lab.make_below(resource, above, lab.small_body(resource, &body))?);
    }
    // Changes in another order than creates tell the two times apart.
    let mut order = Vec::new();
    let changed = resource
        .fields
        .iter()
        .find(|field| field.on_update() && field.unique.is_some() && field.name != key);
    if let (Some(field), Some(_)) = (changed, &resource.update) {
        let count = made.len();
        for at in [3, 1].into_iter().filter(|at| *at < count) {
            let value = lab.fresh(&field.ty, &Map::new());
            let ask = lab.change(
                resource,
                &made[at].path,
                &serde_json::json!({ &field.name: value }),
            )?;
            let exchange = lab.expect(200, &ask)?;
            if let Value::Object(shown) = exchange.json() {
                made[at].shown = shown;
            }
            order.push(at);
        }
    }
    Ok((made, order))
}

/// The objects as the model keeps them. Moments are finer than their text, so
/// their order is that of the requests: creates, then changes.
fn records(made: &[Made], changed: &[usize]) -> Vec<Record> {
    let mut records: Vec<Record> = (0i64..)
        .zip(made)
        .map(|(at, one)| Record {
            user: None,
            id: one.id().to_owned(),
            parent: None,
            tenant: String::new(),
            order: at.unsigned_abs(),
            created: at,
            updated: at,
            version: 0,
            object: one.shown.clone(),
        })
        .collect();
    for (later, at) in (made.len() as i64..).zip(changed) {
        records[*at].updated = later;
    }
    records
}

/// Six values whose order is not that of their making.
fn shuffled(lab: &Lab<'_>, ty: &fieldproof_spec::model::Type) -> Vec<Value> {
    let mut values: Vec<Value> = (0..6).map(|_| lab.fresh(ty, &Map::new())).collect();
    values.sort_by(|one, other| match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.as_str().cmp(&other.as_str()),
    });
    [2, 5, 0, 3, 1, 4]
        .map(|at: usize| values[at].clone())
        .to_vec()
}
