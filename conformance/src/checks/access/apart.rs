//! Filters by values of others.

use fieldproof_spec::model::{Api, Filter, Resource};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request, Role};
use crate::http::encode;
use crate::kind::kind;
use crate::model::matches;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::filter::{alike, questions, separating};

pub(crate) static CHECK: Check = Check {
    name: "apart",
    about: "A filter with values of another tenant's objects, or of another user's, answers byte for byte as it does when \
            those objects are gone, or as with a value that nothing has; totals and links tell nothing either.",
    severity: Severity::Critical,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.resource(api).bound {
        Some(_) => subject.resource_mutations(&[Operator::UserLeak]),
        None => subject.resource_mutations(&[Operator::TenantLeak]),
    }
}

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| one.parent.is_none()) {
        for filter in resource.list.iter().flat_map(|list| &list.filters) {
            if !removes(resource) && !is_text(resource, filter) {
                continue;
            }
            let name = &filter.names[0];
            let plain = name.replace('[', ".").replace(']', "");
            let id = format!("{}.list.apart.{plain}", resource.name);
            let rows = [&filter.row, &api.auth];
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Filter(name.clone()),
                &rows,
            ));
        }
    }
    subjects
}

/// Whether objects can be created and removed, so that answers can be compared.
fn removes(resource: &Resource) -> bool {
    resource.create.is_some() && resource.delete.is_some() && resource.bound.is_none()
}

fn is_text(resource: &Resource, filter: &Filter) -> bool {
    let field = resource.field(&filter.field);
    field.is_some_and(|field| kind(&field.ty).is_probed() && !field.list)
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, filter) = (subject.resource(harness.api), subject.filter(harness.api));
    match removes(resource) {
        true => gone(harness, resource, filter),
        false => given(harness, resource, filter),
    }
}

/// The parts of an answer that could reveal something.
fn told(
    harness: &Harness<'_>,
    request: &Request,
) -> Result<(String, Option<String>, Option<String>), CheckError> {
    let exchange = harness.expect(200, request)?;
    let header = |name: &str| exchange.header(name).map(str::to_owned);
    let (total, link) = (header("x-total-count"), header("link"));
    Ok((exchange.reply, total, link))
}

fn question(resource: &Resource, filter: &Filter, text: &str) -> Request {
    let collection = crate::harness::collection(resource, &[]);
    let (name, text) = (encode(&filter.names[0]), encode(text));
    Request::get(&format!("{collection}?{name}={text}"))
}

/// Compares answers while others' objects exist with answers after they are gone.
fn gone(harness: &Harness<'_>, resource: &Resource, filter: &Filter) -> Result<(), CheckError> {
    let Some(field) = resource.field(&filter.field) else {
        return Ok(());
    };
    let made = match field.on_create() || field.derive.is_some() {
        true => separating(harness, resource, filter, field, &[])?,
        false => vec![harness.make_with(resource, &Map::new())?],
    };
    let mut texts: Vec<String> = made
        .iter()
        .flat_map(|one| questions(field, filter, one))
        .collect();
    texts.sort();
    texts.dedup();
    let (mut answers, mut selects) = (Vec::new(), false);
    for text in &texts {
        let request = question(resource, filter, text);
        let own = harness.expect(200, &request)?.reply;
        selects |= made.iter().any(|one| own.contains(one.id()));
        answers.push(told(harness, &request.by(Role::OtherTenant))?);
    }
    if !selects {
        return Err(alike(harness, resource, field));
    }
    for one in &made {
        harness.send(&Request::new("DELETE", &one.path))?;
    }
    for (text, answer) in texts.iter().zip(answers) {
        let request = question(resource, filter, text).by(Role::OtherTenant);
        let after = told(harness, &request)?;
        harness.ensure(after == answer, || {
            let (reply, ..) = &answer;
            format!("another tenant learns of `{text}`: {reply}")
        })?;
    }
    Ok(())
}

/// Compares answers for a value of an object with those for a value that no object has.
fn given(harness: &Harness<'_>, resource: &Resource, filter: &Filter) -> Result<(), CheckError> {
    let known = harness.given(resource, &[])?;
    let shared = crate::fixtures::of(harness.api, resource, &harness.fixtures.other_user);
    // Objects that the other user sees too reveal nothing.
    let alone = |text: &&str| {
        let seen = |other: &&Map<String, Value>| matches(resource, filter, text, other);
        !shared.iter().any(seen)
    };
    let mut values = known
        .iter()
        .filter_map(|one| one.shown.get(&filter.field).and_then(Value::as_str));
    let Some(value) = values.find(|text| !text.is_empty() && alone(text)) else {
        let why = "no object has a value to ask for";
        return Err(CheckError::Inconclusive(why.to_owned()));
    };
    let own = harness.expect(200, &question(resource, filter, value))?;
    harness.ensure(!harness.items(resource, &own)?.is_empty(), || {
        format!("`{value}` selects the object for its own tenant")
    })?;
    let mut others = vec![Role::OtherTenant];
    others.extend(resource.bound.as_ref().map(|_| Role::OtherUser));
    for role in others {
        let foreign = told(harness, &question(resource, filter, value).by(role))?;
        let nothing = told(
            harness,
            &question(resource, filter, &harness.word()).by(role),
        )?;
        harness.ensure(foreign == nothing, || {
            format!("another caller learns of `{value}`: {}", foreign.0)
        })?;
    }
    Ok(())
}
