//! Sort orders of lists.

use std::time::Duration;

use fieldproof_spec::model::{Api, Blank, Field, Resource, Type};
use fieldproof_spec::paging::PageRole;
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::http::encode;
use crate::kind::{Json, Source, kind};
use crate::model::{Question, Record, accept, ordered, room};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart, independent_field};
use crate::support::one_change;

pub(crate) static CHECK: Check = Check {
    name: "orders",
    about: "The sort key orders objects as the reference model does, smallest first and, with `desc`, exactly the \
            other way round: `null` at the end, texts by their folded code points, ties by identifier. Pages keep that \
            order.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Longer times between two objects are waited for less often.
const LONG: Duration = Duration::from_millis(500);

/// As many objects still tell an order from nearly all others.
const FEW: usize = 4;

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let (resource, key) = (subject.resource(api), &subject.part.name());
    if is_default(resource, key) {
        return subject.mutations(&[Operator::SortOneWay]);
    }
    let field = resource.field(key);
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let text = field.is_some_and(|field| kind(&field.ty).free().is_some());
    let limits = page.is_some_and(|(page, _)| page.has(PageRole::Offset));
    subject.mutations_where(&[
        (true, Operator::SortIgnored),
        (true, Operator::SortOneWay),
        (text, Operator::SortCased),
        (limits, Operator::SortInPage),
    ])
}

/// Whether a sort key gives the same order as the default.
fn is_default(resource: &Resource, key: &str) -> bool {
    let created = resource.times.as_ref().map(|times| times.created.as_str());
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    let default = sort.map(|sort| sort.default.as_str());
    let by_creation = |name: &str| resource.id == name || created == Some(name);
    key.is_empty() || default == Some(key) || (default.is_some_and(by_creation) && by_creation(key))
}

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        let Some(sort) = resource.list.as_ref().and_then(|list| list.sort.as_ref()) else {
            continue;
        };
        let mut rows = vec![&sort.row];
        rows.extend(&api.dialect.order.row);
        for key in &sort.keys {
            let id = format!("{}.list.sort.{key}", resource.name);
            let part = SubjectPart::SortKey(Some(key.clone()));
            subjects.push(Subject::new(id, &resource.name, part, &rows));
        }
        let id = format!("{}.list.sort", resource.name);
        subjects.push(Subject::new(
            id,
            &resource.name,
            SubjectPart::SortKey(None),
            &rows,
        ));
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some(sort) = resource.list.as_ref().and_then(|list| list.sort.as_ref()) else {
        return Ok(());
    };
    let key = &subject.part.name();
    let above = harness.make_above(resource)?;
    let field = if key.is_empty() { &sort.default } else { key };
    let times = resource.times.as_ref();
    let is_time = times.is_some_and(|one| [&one.created, &one.updated].contains(&field));
    let (made, changed) = separating(harness, resource, field, &above)?;
    let own: Vec<String> = made.iter().map(|one| one.id().to_owned()).collect();
    let records = records(resource, &made, &changed);
    let collection = crate::harness::collection(resource, &above);
    let mut orders = vec![(String::new(), None)];
    orders
        .extend(["asc", "desc"].map(|way| (format!("&{}={way}", sort.order), Some(way == "desc"))));
    for (way, descending) in orders {
        let by = match key.is_empty() {
            true => String::new(),
            false => format!("{}={}", encode(&sort.by), encode(key)),
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
        let found = in_pages(harness, resource, &collection, query, &own)?;
        let show = |ids: &[String]| -> Value {
            let value = |id: &String| {
                made.iter()
                    .find(|one| one.id() == id)
                    .and_then(|one| one.shown.get(field))
                    .cloned()
            };
            ids.iter().map(|id| value(id).unwrap_or_default()).collect()
        };
        // The order of equal values is judged only if it is documented.
        let said = harness.api.dialect.order.row.is_some() && (!is_time || harness.is_house());
        let same = |found: &&Vec<String>| match said {
            true => **found == expected,
            false => found.len() == expected.len() && show(found) == show(&expected),
        };
        if let Some(found) = found.iter().find(|found| !same(found)) {
            return harness.fail(format!(
                "`{query}` orders as {}, got {}",
                show(&expected),
                show(found)
            ));
        }
    }
    Ok(())
}

/// Compares the whole list with the same list in a few pages; sorting page by page would
/// differ.
fn in_pages(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    query: &str,
    own: &[String],
) -> Result<Vec<Vec<String>>, CheckError> {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let limit = page.filter(|(page, _)| page.has(PageRole::Offset));
    let Some((page, _)) = limit else {
        return Ok(vec![harness.walk(resource, collection, query, own)?]);
    };
    let whole = Some(page.max as usize);
    let (whole, total) = harness.pages(resource, collection, query, own, whole)?;
    let few = (total / 4).max(2).min(page.max as usize);
    let (parts, _) = harness.pages(resource, collection, query, own, Some(few))?;
    Ok(vec![whole, parts])
}

/// Creates unsorted objects whose values distinguish the order from faulty ones.
fn separating(
    harness: &Harness<'_>,
    resource: &Resource,
    key: &str,
    above: &[String],
) -> Result<(Vec<Fixture>, Vec<usize>), CheckError> {
    if resource.create.is_none() {
        return Ok((harness.given(resource, above)?, Vec::new()));
    }
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
        let values = values(harness, field);
        for value in values {
            let mut body = first_choice(field);
            body.insert(field.name.clone(), value);
            bodies.push(body);
        }
        if field.nullable && harness.api.dialect.order.row.is_some() {
            bodies.extend(
                [Value::Null, Value::Null]
                    .map(|null| [(field.name.clone(), null)].into_iter().collect()),
            );
        }
    }
    // Keys that clients cannot write still have an order.
    if bodies.is_empty() {
        bodies = vec![Map::new(); 6];
    }
    bodies.truncate(room(harness.api, resource));
    let mut made = Vec::new();
    let times = resource.times.as_ref();
    let stamped = times.is_some_and(|one| one.created == key || one.updated == key);
    let printed = resource.field(key).and_then(|field| kind(&field.ty).tick());
    // Objects that are ordered only by time need distinct times, for which the suite waits.
    let apart =
        (stamped && !harness.is_house()).then(|| Duration::from_millis(printed.unwrap_or(3) + 50));
    if apart.is_some_and(|apart| apart > LONG) {
        bodies.truncate(FEW);
    }
    for body in bodies {
        if let Some(apart) = apart.filter(|_| !made.is_empty()) {
            std::thread::sleep(apart);
        }
        made.push(harness.make_below(resource, above, harness.small_body(resource, &body))?);
    }
    // Changes in another order than creates distinguish the two timestamps.
    let mut order = Vec::new();
    let changed = independent_field(resource).filter(|field| field.name != key);
    if let (Some(_), Some(_)) = (changed, &resource.update) {
        let count = made.len();
        for at in [3, 1].into_iter().filter(|at| *at < count) {
            let Some(body) = one_change(harness, resource, &made[at].shown) else {
                continue;
            };
            let request = harness.change(resource, &made[at].path, &body)?;
            let exchange = harness.expect(200, &request)?;
            if let Value::Object(shown) = exchange.json() {
                made[at].shown = shown;
            }
            order.push(at);
        }
    }
    Ok((made, order))
}

/// The objects as records of the model. Times are finer than their text, so the order of
/// requests decides: creates, then changes. Of objects that existed before, only the text
/// is known.
fn records(resource: &Resource, made: &[Fixture], changed: &[usize]) -> Vec<Record> {
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
            object: kept(resource, one),
        })
        .collect();
    if resource.create.is_none() {
        for record in &mut records {
            let of = |name: &String| {
                let field = resource.field(name)?;
                kind(&field.ty).instant(record.object.get(name)?)
            };
            let times = resource.times.as_ref();
            let created = times.and_then(|times| of(&times.created));
            let updated = times.and_then(|times| of(&times.updated));
            record.created = created.unwrap_or_default();
            record.updated = updated.unwrap_or_default();
        }
    }
    for (later, at) in (made.len() as i64..).zip(changed) {
        records[*at].updated = later;
    }
    records
}

/// The members of an object, including those that are not shown.
fn kept(resource: &Resource, made: &Fixture) -> Map<String, Value> {
    let mut object = made.shown.clone();
    for field in resource.fields.iter().filter(|one| !one.is_shown()) {
        let sent = made.sent.get(&field.name).cloned();
        object.insert(field.name.clone(), sent.unwrap_or_else(|| field.initial()));
    }
    object
}

/// Values of a field, not in sort order.
fn values(harness: &Harness<'_>, field: &Field) -> Vec<Value> {
    if harness.api.dialect.order.row.is_none() && kind(&field.ty).free().is_some() {
        return plain(harness, field);
    }
    let unordered = kind(&field.ty).unordered(field.unique.is_some(), harness);
    let mut values = unordered.unwrap_or_else(|| shuffled(harness, field));
    if field.unique.is_some() {
        let mut seen = Vec::new();
        values.retain(|value| {
            let new = !seen.contains(value);
            seen.push(value.clone());
            new
        });
    }
    values.retain(|value| {
        let blank = value.as_str().is_some_and(|text| text.trim().is_empty());
        let read = accept(harness.api, field, value, &Map::new(), "", &mut Vec::new());
        (read.is_some() || kind(&field.ty).decided_by().is_some())
            && !(blank && field.blank != Blank::Text)
    });
    // Bounds may exclude most of the numbers that sort differently as texts.
    let number = matches!(kind(&field.ty).json(), Json::Whole | Json::Fraction);
    if number && values.len() < 3 {
        values = shuffled(harness, field);
    }
    values
}

/// Texts that all collations sort alike: lower-case letters only.
fn plain(harness: &Harness<'_>, field: &Field) -> Vec<Value> {
    let (min, max) = kind(&field.ty).lengths().unwrap_or((1, 8));
    let long = min.max(8).min(max) as usize;
    let mut letters: Vec<String> = (0..6)
        .map(|_| harness.letters(long).to_ascii_lowercase())
        .collect();
    letters.sort();
    letters.dedup();
    let mixed = [2, 5, 0, 3, 1, 4].map(|at: usize| letters.get(at).cloned());
    mixed.into_iter().flatten().map(Value::from).collect()
}

/// The sibling that decides the type, with the first of its values; empty if there is none.
fn first_choice(field: &Field) -> Map<String, Value> {
    let mut owner = Map::new();
    if let Type::Choice { by, of } = &field.ty
        && let Some((text, _)) = of.first()
    {
        owner.insert(by.clone(), text.as_str().into());
    }
    owner
}

/// Six values, not in sort order.
fn shuffled(harness: &Harness<'_>, field: &Field) -> Vec<Value> {
    // Values use the first type that a sibling can select.
    let owner = first_choice(field);
    let mut values: Vec<Value> = (0..6).map(|_| harness.fresh_for(field, &owner)).collect();
    values.sort_by(|one, other| kind(&field.ty).compare(one, other));
    [2, 5, 0, 3, 1, 4]
        .map(|at: usize| values[at].clone())
        .to_vec()
}
