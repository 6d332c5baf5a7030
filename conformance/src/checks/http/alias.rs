//! Alias methods and paths of operations.

use fieldproof_spec::model::{Field, Operation, Refusal, Resource};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::kind::kind;
use crate::model::{fill, path};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, independent_field};
use crate::support::{changed_to, made_of, other_value};

pub(crate) static CHECK: Check = Check {
    name: "alias",
    about: "Every documented method and path of the operation does the same, once, and keeps what is sent; an answer \
            from another path says where the object is (`Content-Location`), and that path takes no other method. PATCH reads merge patches.",
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
    mutants: |api, subject| {
        let resource = subject.resource(api);
        // Of what only one object may have no second one can be made.
        let single = resource.fields.iter().any(|one| one.unique.is_some())
            || !resource.unique.is_empty()
            || resource.distinct.is_some();
        let counted = resource.list.is_some() && own_field(resource).is_some() && !single;
        let creates = subject.operation() == Operation::Create;
        let changes = !creates && independent_field(resource).is_some_and(|one| !one.required);
        subject.mutations_where(&[
            (true, Operator::AliasMissing),
            (changes, Operator::AliasForgets),
            (creates && counted, Operator::AliasTwice),
        ])
    },
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
            let before = harness.get(resource, &made.path)?;
            let value = other_value(harness, resource, field, &before);
            let sent: Map<String, Value> = [(field.name.clone(), value)].into_iter().collect();
            let body = Value::Object(sent.clone());
            let mut request = harness.change_by(resource, &made.path, *verb, &body);
            request.path.clone_from(target);
            let patches = verb.as_str() == "PATCH" && harness.is_house();
            if patches {
                request.headers = vec![(
                    "content-type".to_owned(),
                    "application/merge-patch+json".to_owned(),
                )];
            }
            let exchange = harness.expect(200, &request)?;
            let after = exchange.json().as_object().cloned().unwrap_or_default();
            // What a merge patch makes of a value that it merges is another check's question.
            if !patches || !kind(&field.ty).is_merged() {
                changed_to(harness, resource, &sent, (&before, &after))?;
            }
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

/// One create makes one object: no other one has what is its own.
fn once(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    shown: &Map<String, Value>,
) -> Result<(), CheckError> {
    let (Some(_), Some(field)) = (&resource.list, own_field(resource)) else {
        return Ok(());
    };
    let same = |item: &&Value| item.get(&field.name) == shown.get(&field.name);
    let count = harness
        .all(resource, collection, "")?
        .iter()
        .filter(same)
        .count();
    harness.ensure(count == 1, || {
        let own = shown.get(&field.name).unwrap_or(&Value::Null);
        format!("one object of the list has {own}, got {count}")
    })
}

/// A member whose value a create can make one that no other object has.
fn own_field(resource: &Resource) -> Option<&Field> {
    let text = |field: &&Field| {
        let long = kind(&field.ty).free().is_some_and(|(_, most)| most >= 20);
        field.on_create() && field.is_shown() && !field.list && long
    };
    resource.fields.iter().find(text)
}

/// Judges creates and lists by each path and method.
fn creates(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let create = resource.create.as_ref();
    let own = create.and_then(|create| create.path.as_deref());
    let targets = own.map_or_else(
        || resource.spellings(&collection),
        |own| vec![own.to_owned()],
    );
    for target in targets {
        for verb in create.iter().flat_map(|create| &create.verbs) {
            let own = own_field(resource);
            let own = own.map(|one| (one.name.clone(), harness.fresh_for(one, &Map::new())));
            let sent = harness.wide_body(resource, &own.into_iter().collect());
            let body = Value::Object(sent.clone());
            let status = create.map_or(201, |create| create.status);
            let request = Request::new(verb.as_str(), &target).json(&body);
            let answer = harness.expect(status, &request)?;
            let made = answer.json();
            let shown = made.as_object().cloned().unwrap_or_default();
            made_of(harness, resource, &sent, &shown)?;
            let mut ids = above.clone();
            ids.extend(resource.id_of(&made));
            let own = path(resource, &ids);
            harness.located(&answer, &own)?;
            once(harness, resource, &collection, &shown)?;
            let read = match resource.get {
                Some(_) => harness.get(resource, &own)?,
                None => shown,
            };
            harness.ensure(Value::Object(read) == made, || {
                format!("{} {target} makes an object as others do", verb.as_str())
            })?;
        }
    }
    if resource.list.is_some() {
        let first = harness.expect(200, &Request::get(&collection))?.json();
        for target in resource.spellings(&collection) {
            let other = harness.expect(200, &Request::get(&target))?.json();
            harness.ensure(first == other, || {
                format!("{target} lists what {collection} lists, got {other}")
            })?;
        }
    }
    Ok(())
}
