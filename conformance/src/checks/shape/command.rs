//! Requests as the document prints them.

use fieldproof_spec::model::{Api, Command, Operation, Resource};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::kind::{Json, kind};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::agrees;

pub(crate) static CHECK: Check = Check {
    name: "command",
    about: "The printed request, sent as its command line sends it, is answered with the success of its operation and \
            does what its body says. Printed identifiers stand for those of an object that is there.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    subject.mutations_at(
        command_of(api, subject).operation.as_str(),
        &[Operator::StatusWrong],
    )
}

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for (at, command) in api.commands.iter().enumerate() {
        let id = format!("{}.{}.command", command.resource, command.operation);
        subjects.push(Subject::new(
            id,
            &command.resource,
            SubjectPart::Command(at),
            &[&command.row],
        ));
    }
    subjects
}

fn command_of<'a>(api: &'a Api, subject: &Subject) -> &'a Command {
    &api.commands[subject.at()]
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let command = command_of(harness.api, subject);
    let made = harness.make_with(resource, &Map::new())?;
    let above = &made.ids[..made.ids.len() - 1];
    let (_, query) = command
        .target
        .split_once('?')
        .unwrap_or((&command.target, ""));
    let (method, target, status) = match command.operation {
        Operation::List => ("GET", made.collection.clone(), 200),
        Operation::Get => ("GET", made.path.clone(), 200),
        Operation::Create => (
            "POST",
            made.collection.clone(),
            resource.create.as_ref().map_or(201, |create| create.status),
        ),
        Operation::Update => (
            resource
                .update
                .as_ref()
                .and_then(|update| update.verbs.first())
                .map_or("PUT", |verb| verb.as_str()),
            made.path.clone(),
            200,
        ),
        _ => (
            "DELETE",
            made.path.clone(),
            resource.delete.as_ref().map_or(204, |delete| delete.status),
        ),
    };
    if command.operation == Operation::List && !query.is_empty() {
        return finds(harness, resource, above, query);
    }
    let mut request = Request::new(method, &target);
    if let Some(body) = &command.body {
        // The printed commands set no content type, so a form is labelled by default.
        let label = if harness.api.json_in_form {
            "application/x-www-form-urlencoded"
        } else {
            "application/json"
        };
        request = request
            .header("content-type", label)
            .bytes(body.to_string().into_bytes());
    }
    let exchange = harness.expect(status, &request)?;
    if let (Some(Value::Object(sent)), Value::Object(shown)) = (&command.body, exchange.json()) {
        keeps(harness, resource, command, sent, &shown)?;
        if let Some(id) = shown
            .get(&resource.id)
            .and_then(Value::as_str)
            .filter(|_| command.operation == Operation::Create)
        {
            harness.send(&Request::new(
                "DELETE",
                &format!("{}/{id}", made.collection),
            ))?;
        }
    }
    Ok(())
}

/// Judges that the object has the values of the printed body.
fn keeps(
    harness: &Harness<'_>,
    resource: &Resource,
    command: &Command,
    sent: &Map<String, Value>,
    shown: &Map<String, Value>,
) -> Result<(), CheckError> {
    for (name, value) in sent {
        let Some(field) = resource.field(name) else {
            continue;
        };
        let found = shown.get(name).cloned().unwrap_or_default();
        harness.ensure(agrees(harness.api, field, value, &found), || {
            format!(
                "the {} keeps `{name}` as {value}, got {found}",
                command.operation
            )
        })?;
    }
    Ok(())
}

/// Judges that a printed list request finds an object that matches it.
fn finds(
    harness: &Harness<'_>,
    resource: &Resource,
    above: &[String],
    query: &str,
) -> Result<(), CheckError> {
    let mut with = Map::new();
    let filters = resource
        .list
        .as_ref()
        .map(|list| list.filters.as_slice())
        .unwrap_or_default();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let filter = filters
            .iter()
            .find(|filter| filter.names.iter().any(|one| one == name));
        let Some(field) = filter.and_then(|filter| resource.field(&filter.field)) else {
            continue;
        };
        let value = value.replace("%20", " ");
        if field.on_create() {
            let truth = kind(&field.ty).json() == Json::Truth;
            let value = match value.as_str() {
                "1" if truth => Value::Bool(true),
                "0" if truth => Value::Bool(false),
                _ => value.into(),
            };
            with.insert(field.name.clone(), value);
        }
    }
    let body = Value::Object(harness.small_body(resource, &with));
    let collection = crate::harness::collection(resource, above);
    let exchange = harness.send(&Request::new("POST", &collection).json(&body))?;
    let id = resource.id_of(&exchange.json());
    let Some(id) = id else {
        return Err(CheckError::Inconclusive(format!(
            "an object that the printed list finds is there already, got {}",
            exchange.status
        )));
    };
    let found = harness.expect(200, &Request::get(&format!("{collection}?{query}")));
    let found = found.map(|exchange| exchange.json());
    harness.send(&Request::new("DELETE", &format!("{collection}/{id}")))?;
    let found = found?;
    let ids: Vec<String> = found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| resource.id_of(item))
        .collect();
    harness.ensure(ids.contains(&id), || {
        format!(
            "the printed list finds the object it describes, got {} others",
            ids.len()
        )
    })
}
