//! Items of lists.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Field, Operation, Resource, Type};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::http::encode;
use crate::model::{matches, room};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::children;
use crate::support::filter::questions;

pub(crate) static CHECK: Check = Check {
    name: "elements",
    about: "Each element of a list is the object as a read shows it, whatever the list was asked by: nothing, a filter, \
            or an order.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| each_operation(api, &[Operation::List], &[]),
    mutants: |api, subject| {
        let resource = subject.resource(api);
        let children = |field: &Field| field.on_create() && matches!(field.ty, Type::Child(_));
        let children = resource.create.is_some() && resource.fields.iter().any(children);
        subject.mutations_where(&[
            (true, Operator::ElementShort),
            (children, Operator::ElementChildless),
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let above = harness.make_above(resource)?;
    let mut made = harness.some(resource, &above)?;
    if resource.create.is_some() {
        if made.len() < room(harness.api, resource) {
            let whole = harness.full_body(resource, &children(harness, resource));
            made.push(harness.make_below(resource, &above, whole)?);
        }
        // What only an import makes has values that no create gives.
        if resource.parent.is_none() {
            made.extend(harness.given(resource, &above).unwrap_or_default());
        }
    }
    let read = |one: &Fixture| match resource.get {
        Some(_) => harness.get(resource, &one.path),
        None => Ok(one.shown.clone()),
    };
    let known: Vec<Map<String, Value>> = made.iter().map(read).collect::<Result<_, _>>()?;
    let collection = crate::harness::collection(resource, &above);
    let judge = |query: &str, items: Vec<Value>| -> Result<usize, CheckError> {
        let mut seen = BTreeSet::new();
        for item in items {
            let id = resource.id_of(&item);
            let own = made.iter().position(|one| id.as_deref() == Some(one.id()));
            let Some(at) = own else { continue };
            seen.insert(at);
            harness.ensure(item.as_object() == Some(&known[at]), || {
                let asked = if query.is_empty() { "nothing" } else { query };
                let (name, listed, shown) = first_difference(&item, &known[at]);
                format!(
                    "asked for {asked} the list shows `{name}` as {listed}, and a read shows {shown}"
                )
            })?;
        }
        Ok(seen.len())
    };
    let bare = harness.expect(200, &Request::get(&collection))?;
    judge("", harness.items(resource, &bare)?)?;
    let seen = judge("", harness.all(resource, &collection, "")?)?;
    harness.ensure(seen == made.len(), || {
        format!("the list has all {} objects, got {seen}", made.len())
    })?;
    for query in queries(resource, &made) {
        judge(&query, harness.all(resource, &collection, &query)?)?;
    }
    Ok(())
}

/// What a list is asked: each filter for a value that something has, and each order.
fn queries(resource: &Resource, made: &[Fixture]) -> Vec<String> {
    let mut all = Vec::new();
    let Some(list) = &resource.list else {
        return all;
    };
    for filter in &list.filters {
        let Some(field) = resource.field(&filter.field) else {
            continue;
        };
        // The one with all members was made last. Of those that are there nothing is
        // known, and each is asked for.
        let mut fitting = made.iter().rev().filter_map(|one| {
            let mut texts = questions(field, filter, one).into_iter();
            texts.find(|text| matches(resource, filter, text, &one.shown))
        });
        let texts: BTreeSet<String> = match resource.create {
            Some(_) => fitting.next().into_iter().collect(),
            None => fitting.collect(),
        };
        let pairs = texts.iter().flat_map(|text| {
            let pair = |name: &String| format!("{}={}", encode(name), encode(text));
            filter.names.iter().map(pair)
        });
        all.extend(pairs);
    }
    if let Some(sort) = &list.sort {
        let key = |key: &String| format!("{}={}", encode(&sort.by), encode(key));
        all.extend(sort.keys.iter().map(key));
        all.extend(["asc", "desc"].map(|way| format!("{}={way}", encode(&sort.order))));
    }
    all
}

/// The first member that differs, with its value in the list and in the read.
fn first_difference<'v>(
    item: &'v Value,
    read: &'v Map<String, Value>,
) -> (String, &'v Value, &'v Value) {
    let listed = item.as_object().into_iter().flat_map(|one| one.keys());
    let mut names = listed.chain(read.keys());
    let of = |name: &String| read.get(name).unwrap_or(&Value::Null);
    let name = names.find(|name| item.get(name.as_str()) != read.get(*name));
    let name = name.cloned().unwrap_or_default();
    let shown = of(&name);
    (
        name.clone(),
        item.get(name.as_str()).unwrap_or(&Value::Null),
        shown,
    )
}
