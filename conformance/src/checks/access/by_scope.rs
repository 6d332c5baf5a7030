//! Members that only a scope shows.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Exchange, Harness, Request, Role};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "by-scope",
    about: "A member that a scope shows is in every answer to a caller with the scope, which nobody may store, and in no \
            answer to one without it; the two answers have different ETags and the other members are the same. No two \
            objects have the same token.",
    severity: Severity::Critical,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            field.scope.is_some() && resource.create.is_some()
        })
    },
    mutants: |_, subject| {
        subject.resource_mutations(&[Operator::ScopeShowsAll, Operator::VariantMissing])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, name) = (subject.resource(harness.api), &subject.part.name());
    let (made, twin) = (harness.make(resource)?, harness.make(resource)?);
    let token = made.shown.get(name).cloned().unwrap_or_default();
    harness.ensure(token.as_str().is_some_and(|text| text.len() > 5), || {
        format!("`{name}` of a new object is a secret, got {token}")
    })?;
    harness.ensure(twin.shown.get(name) != Some(&token), || {
        format!("`{name}` differs from object to object")
    })?;
    for request in requests(harness, resource, &made.collection, &made.path)? {
        let seen = harness.send(&request)?;
        harness.ensure(has(harness, resource, &seen, name)?, || {
            format!("a caller with the scope sees `{name}`")
        })?;
        let stored = seen.header("cache-control").unwrap_or_default().to_owned();
        harness.ensure(stored.contains("no-store"), || {
            format!("an answer with `{name}` is Cache-Control: no-store, got `{stored}`")
        })?;
    }
    for request in requests(harness, resource, &made.collection, &made.path)? {
        let seen = harness.send(&request.by(Role::NoSecret))?;
        harness.ensure(!has(harness, resource, &seen, name)?, || {
            format!("a caller without the scope does not see `{name}`")
        })?;
    }
    if resource.get.is_none() {
        return Ok(());
    }
    let full = harness.expect(200, &Request::get(&made.path))?;
    let part = harness.expect(200, &Request::get(&made.path).by(Role::NoSecret))?;
    let mut rest = full.json();
    for field in resource.fields.iter().filter(|field| field.scope.is_some()) {
        rest.as_object_mut()
            .and_then(|map| map.shift_remove(&field.name));
    }
    harness.ensure(part.json() == rest, || {
        format!("without the scope everything else is shown, {rest}")
    })?;
    let differ = full.header("etag") != part.header("etag");
    harness.ensure(differ || !harness.has_tags(), || {
        "answers with and without the member have different ETags".to_owned()
    })
}

/// A request of each operation that answers with the object.
fn requests(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    path: &str,
) -> Result<Vec<Request>, CheckError> {
    let mut requests = Vec::new();
    for verb in resource.create.iter().flat_map(|create| &create.verbs) {
        let body = Value::Object(harness.small_body(resource, &Map::new()));
        let mut create = harness.create(resource, collection).json(&body);
        verb.as_str().clone_into(&mut create.method);
        requests.push(create);
    }
    if resource.get.is_some() {
        requests.push(Request::get(path));
    }
    if resource.list.is_some() {
        requests.push(Request::get(collection));
    }
    for verb in resource.update.iter().flat_map(|update| &update.verbs) {
        requests.push(harness.change_by(resource, path, *verb, &json!({})));
    }
    if resource.append.is_some() {
        requests.push(harness.append(resource, path, &json!({})));
    }
    Ok(requests)
}

/// Whether the object in an answer, or the first of several, has the member.
fn has(
    harness: &Harness<'_>,
    resource: &Resource,
    seen: &Exchange,
    name: &str,
) -> Result<bool, CheckError> {
    if harness.is_full(seen) {
        return Err(CheckError::Skip(
            "no more objects fit below one parent".to_owned(),
        ));
    }
    harness.ensure(seen.status < 300, || {
        format!("a success, got {}", seen.status)
    })?;
    let json = seen.json();
    let object = match json.get(&resource.id) {
        Some(_) => json,
        None => harness
            .items(resource, seen)?
            .first()
            .cloned()
            .unwrap_or_default(),
    };
    Ok(object.get(name).is_some())
}
