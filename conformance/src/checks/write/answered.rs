//! Answers to writes.

use fieldproof_spec::model::{Operation, Resource, Sent, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Exchange, Fixture, Harness, Request};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::{added, cleared, dependants, other_value};

pub(crate) static CHECK: Check = Check {
    name: "answered",
    about: "What answers a create, a change or an addition, by each of its methods, is the object as reads show it right \
            after, with the same ETag.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let all = [Operation::Create, Operation::Update, Operation::Append];
        let mut subjects = each_operation(api, &all, &[]);
        subjects.retain(|subject| {
            let resource = subject.resource(api);
            resource.get.is_some() && resource.create.is_some()
        });
        subjects
    },
    mutants: |_, subject| subject.mutations(&[Operator::AnswerShort]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    match subject.operation() {
        Operation::Create => creates(harness, resource),
        Operation::Update => updates(harness, resource),
        _ => appends(harness, resource),
    }
}

/// Judges that two reads in a row show what was answered.
fn agrees(harness: &Harness<'_>, path: &str, answer: &Exchange) -> Result<(), CheckError> {
    for _ in 0..2 {
        let read = harness.expect(200, &Request::get(path))?;
        let (shown, answered) = (read.json(), answer.json());
        harness.ensure(shown == answered, || {
            format!(
                "a read shows {shown}, and {} answered {answered}",
                answer.method
            )
        })?;
        let (tag, other) = (answer.header("etag"), read.header("etag"));
        harness.ensure(tag == other || !harness.has_tags(), || {
            format!(
                "a read has the ETag {other:?}, and {} answered {tag:?}",
                answer.method
            )
        })?;
    }
    Ok(())
}

fn creates(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let Some(create) = &resource.create else {
        return Ok(());
    };
    for verb in &create.verbs {
        for whole in [true, false] {
            // If a parent may have few children, each object gets a parent of its own.
            let above = harness.make_above(resource)?;
            let collection = crate::harness::collection(resource, &above);
            let body = match whole {
                true => harness.body(resource, &children(harness, resource)),
                false => harness.small_body(resource, &Map::new()),
            };
            let mut request = harness.create(resource, &collection);
            verb.as_str().clone_into(&mut request.method);
            let answer = harness.expect(create.status, &request.json(&Value::Object(body)))?;
            let Some(id) = resource.id_of(&answer.json()) else {
                return harness.fail(format!("the object has its `{}`", resource.id));
            };
            let mut ids = above;
            ids.push(id);
            let path = crate::model::path(resource, &ids);
            let place = answer.header("location").unwrap_or_default();
            let said = harness.api.dialect.location.is(Sent::Sent);
            harness.ensure(!said || place.ends_with(&path), || {
                format!("Location is …{path}, got `{place}`")
            })?;
            agrees(harness, &path, &answer)?;
        }
    }
    Ok(())
}

/// Children that are created with their parent.
fn children(harness: &Harness<'_>, resource: &Resource) -> Map<String, Value> {
    let fields = resource.fields.iter();
    let own = fields.filter(|one| one.on_create() && matches!(one.ty, Type::Child(_)));
    own.map(|one| (one.name.clone(), harness.value(resource, one, &Map::new())))
        .collect()
}

fn updates(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let Some(update) = &resource.update else {
        return Ok(());
    };
    let made = harness.make(resource)?;
    for verb in &update.verbs {
        for field in resource.fields.iter().filter(|one| one.on_update()) {
            // A member that decides the type of an unchangeable member cannot change
            // either.
            let decides = |one: &str| one == field.name;
            let mut fixed = resource.fields.iter().filter(|one| !one.on_update());
            if fixed.any(|one| kind(&one.ty).decided_by().is_some_and(decides)) {
                continue;
            }
            let shown = harness.get(resource, &made.path)?;
            let value = other_value(harness, resource, field, &shown);
            let mut body = dependants(harness, resource, field, &value);
            body.extend(cleared(resource, field, &value));
            body.insert(field.name.clone(), value);
            let body = Value::Object(body);
            let request = harness.change_by(resource, &made.path, *verb, &body);
            let answer = harness.expect(200, &request)?;
            agrees(harness, &made.path, &answer)?;
        }
    }
    Ok(())
}

fn appends(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    let made: Fixture = harness.make_with(resource, &Map::new())?;
    let names = resource.append.iter().flat_map(|one| &one.fields);
    for field in names.filter_map(|name| resource.field(name)) {
        for value in added(harness, field) {
            let body = json!({ &field.name: [value] });
            let request = harness.append(resource, &made.path, &body);
            agrees(harness, &made.path, &harness.expect(200, &request)?)?;
        }
    }
    Ok(())
}
