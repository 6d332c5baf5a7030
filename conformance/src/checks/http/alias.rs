//! Alias methods and paths of operations.

use fieldproof_spec::model::{Operation, Refusal, Resource};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::{fill, path};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, independent_field};

pub(crate) static CHECK: Check = Check {
    name: "alias",
    about: "Every documented method and path of the operation does the same; an answer from another path says where \
            the object is (`Content-Location`), and that path takes no other method. PATCH reads merge patches.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = each_operation(api, &[Operation::Create, Operation::Update], &[]);
        subjects.retain(|subject| {
            let resource = subject.resource(api);
            match subject.operation() {
                _ if resource.path.ends_with('/') => true,
                Operation::Create => resource
                    .create
                    .as_ref()
                    .is_some_and(|create| create.verbs.len() > 1),
                _ => resource
                    .update
                    .as_ref()
                    .is_some_and(|update| update.verbs.len() > 1 || update.also_path.is_some()),
            }
        });
        subjects
    },
    mutants: |_, subject| subject.mutations(&[Operator::AliasMissing]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    if subject.operation() == Operation::Create {
        return creates(harness, resource);
    }
    let Some(update) = &resource.update else {
        return Ok(());
    };
    let made = harness.make(resource)?;
    let other = update
        .also_path
        .as_ref()
        .map(|template| fill(template, &made.ids));
    let Some(field) = independent_field(resource) else {
        return Ok(());
    };
    let mut targets = resource.spellings(&made.path);
    targets.extend(other.clone());
    for target in &targets {
        for verb in &update.verbs {
            let value = harness.value(resource, field, &made.shown);
            let body = json!({ &field.name: value });
            let mut request = harness.change_by(resource, &made.path, *verb, &body);
            request.path.clone_from(target);
            if verb.as_str() == "PATCH" && harness.is_house() {
                request.headers = vec![(
                    "content-type".to_owned(),
                    "application/merge-patch+json".to_owned(),
                )];
            }
            let exchange = harness.expect(200, &request)?;
            let location = exchange
                .header("content-location")
                .unwrap_or_default()
                .to_owned();
            let canonical = path(resource, &made.ids);
            let placed = *target == made.path || location.ends_with(&canonical);
            let placed = placed || !harness.is_house();
            harness.ensure(placed, || {
                format!("Content-Location is …{canonical}, got `{location}`")
            })?;
            let read = harness.get(resource, &made.path)?;
            harness.ensure(Value::Object(read) == exchange.json(), || {
                format!("{} {target} changes the object", verb.as_str())
            })?;
        }
    }
    if let Some(other) = other.as_ref().filter(|_| harness.is_house()) {
        let exchange = harness.refused(Refusal::Method, &Request::get(other))?;
        let allow = harness.allowed(&exchange);
        harness.ensure(
            update
                .verbs
                .iter()
                .all(|verb| allow.contains(verb.as_str())),
            || format!("Allow names the methods of the path, got {allow:?}"),
        )?;
    }
    Ok(())
}

/// Judges creates and lists by each path and method.
fn creates(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let create = resource.create.as_ref();
    for target in resource.spellings(&collection) {
        for verb in create.iter().flat_map(|create| &create.verbs) {
            let body = Value::Object(harness.small_body(resource, &Map::new()));
            let status = create.map_or(201, |create| create.status);
            let request = Request::new(verb.as_str(), &target).json(&body);
            let made = harness.expect(status, &request)?.json();
            let mut ids = above.clone();
            ids.extend(resource.id_of(&made));
            let read = match resource.get {
                Some(_) => harness.get(resource, &path(resource, &ids))?,
                None => made.as_object().cloned().unwrap_or_default(),
            };
            harness.ensure(Value::Object(read) == made, || {
                format!("{} {target} makes an object as others do", verb.as_str())
            })?;
        }
        if resource.list.is_some() {
            let first = harness.expect(200, &Request::get(&collection))?.json();
            let other = harness.expect(200, &Request::get(&target))?.json();
            harness.ensure(first == other, || {
                format!("{target} lists what {collection} lists, got {other}")
            })?;
        }
    }
    Ok(())
}
