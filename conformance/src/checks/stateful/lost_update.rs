//! Concurrent changes of one object by two clients.

use std::collections::HashMap;

use fieldproof_spec::model::{Field, Operation, Resource, Validators};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{
    CheckError, ClientTask, Exchange, Fixture, Harness, Request, Unreachable, Wire,
};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};

pub(crate) static CHECK: Check = Check {
    name: "lost-update",
    about: "Two clients that read an object and change it with `If-Match`, side by side, never overwrite each other: \
            every version is replaced once, and the object is what the last change made it. Two that change other \
            members without a condition keep each other's.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = each_operation(api, &[Operation::Update], &[]);
        subjects.retain(|subject| {
            let resource = subject.resource(api);
            let fields = texts(resource).len();
            let tags = api.dialect.validators.is(Validators::Strong);
            let enough = if tags { fields > 0 } else { fields > 1 };
            resource.get.is_some() && resource.create.is_some() && enough
        });
        subjects
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::UpdateTorn]),
    run,
};

/// The number of changes that each client makes.
const ROUNDS: usize = 6;

/// Free-text fields that an update writes.
fn texts(resource: &Resource) -> Vec<&Field> {
    let free = |field: &&Field| {
        let text = kind(&field.ty).free().is_some_and(|(_, max)| max >= 6);
        text && field.on_update() && field.is_plain() && !field.list
    };
    let exclusive = |field: &&Field| {
        let mut all = resource.exclusive.iter();
        all.any(|one| one.fields.contains(&field.name))
    };
    let distinct = |field: &&Field| {
        let mut all = resource.distinct.iter();
        all.any(|one| one.fields.contains(&field.name))
    };
    let fields = resource.fields.iter().filter(free);
    fields
        .filter(|one| !exclusive(one) && !distinct(one))
        .collect()
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let fields = texts(resource);
    let made = harness.make(resource)?;
    let first = fields[0];
    let changes = |field: &Field| -> Result<Vec<Request>, CheckError> {
        let change = |_| {
            let value = harness.fresh_for(field, &Map::new());
            harness.change(resource, &made.path, &json!({ &field.name: value }))
        };
        (0..ROUNDS).map(change).collect()
    };
    if harness.has_tags() {
        versions(harness, resource, &made, [changes(first)?, changes(first)?])?;
    }
    // A replacing change would set all members.
    let merges = resource.update.as_ref().is_some_and(|update| {
        let mut verbs = update.verbs.iter();
        verbs.any(|verb| !update.replaces(*verb))
    });
    let Some(second) = fields.get(1).filter(|_| merges) else {
        return Ok(());
    };
    apart(harness, &made.path, resource, [first, second])
}

/// Concurrent changes that name the version they are based on: each version is replaced
/// once.
fn versions(
    harness: &Harness<'_>,
    resource: &Resource,
    made: &Fixture,
    [one, other]: [Vec<Request>; 2],
) -> Result<(), CheckError> {
    let client = |requests: Vec<Request>| -> ClientTask<'_, Vec<(String, Exchange)>> {
        let path = made.path.clone();
        Box::new(move |wire| conditional(wire, &path, &requests))
    };
    let clients = vec![client(one), client(other)];
    let seen = harness
        .side_by_side(clients)
        .map_err(CheckError::Unreachable)?;
    let mut replaced = HashMap::new();
    for (before, exchange) in seen.into_iter().flatten() {
        let done = matches!(exchange.status, 200 | 412);
        harness.ensure(done, || {
            format!(
                "a change is made or refused with 412, got {}",
                exchange.status
            )
        })?;
        if exchange.status == 200 && replaced.insert(before.clone(), exchange).is_some() {
            return harness.fail(format!("two changes replaced the version {before}"));
        }
    }
    // Follows the versions up to the one that nobody replaced.
    let (mut tag, mut last) = (made.etag.clone(), Value::Null);
    for _ in 0..replaced.len() {
        let Some(exchange) = replaced.get(&tag) else {
            return harness.fail(format!(
                "no change replaced the version {tag} that another made"
            ));
        };
        last = exchange.json();
        tag = exchange.header("etag").unwrap_or_default().to_owned();
    }
    let shown = harness.get(resource, &made.path)?;
    harness.ensure(
        last.is_null() || Value::Object(shown.clone()) == last,
        || "the object is what the last change made it".to_owned(),
    )?;
    Ok(())
}

/// Reads the version and changes it; tries again if another client was faster.
fn conditional(
    wire: Wire<'_>,
    path: &str,
    requests: &[Request],
) -> Result<Vec<(String, Exchange)>, Unreachable> {
    let mut seen = Vec::new();
    for request in requests {
        for _ in 0..20 {
            let read = wire.send(&Request::get(path))?;
            let tag = read.header("etag").unwrap_or_default().to_owned();
            let exchange = wire.send(&request.clone().header("if-match", &tag))?;
            let refused = exchange.status == 412;
            seen.push((tag, exchange));
            if !refused {
                break;
            }
        }
    }
    Ok(seen)
}

/// Concurrent changes of two members without a condition: both must persist.
fn apart(
    harness: &Harness<'_>,
    path: &str,
    resource: &Resource,
    fields: [&Field; 2],
) -> Result<(), CheckError> {
    let mut expected = Map::new();
    let mut clients: Vec<ClientTask<'_, Vec<Exchange>>> = Vec::new();
    for field in fields {
        let mut requests = Vec::new();
        for _ in 0..ROUNDS {
            let value = harness.fresh_for(field, &Map::new());
            expected.insert(field.name.clone(), value.clone());
            requests.push(harness.change(resource, path, &json!({ &field.name: value }))?);
        }
        clients.push(Box::new(move |wire| {
            requests.iter().map(|request| wire.send(request)).collect()
        }));
    }
    let seen = harness
        .side_by_side(clients)
        .map_err(CheckError::Unreachable)?;
    for exchange in seen.iter().flatten() {
        harness.note(exchange);
        harness.ensure(exchange.status == 200, || {
            format!(
                "a change without a condition is made, got {}",
                exchange.status
            )
        })?;
    }
    let shown = harness.get(resource, path)?;
    for (name, value) in &expected {
        let found = shown.get(name).cloned().unwrap_or_default();
        harness.ensure(found == *value, || {
            format!("`{name}` is {value} as its only writer left it, got {found}")
        })?;
    }
    Ok(())
}
