//! Appending to lists.

use fieldproof_spec::model::{Field, Refusal, Resource, UnknownMember, UnknownMembers};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::strategy::wrong_types;
use crate::subject::{Subject, SubjectPart};
use crate::support::{added, shared_of};

pub(crate) static CHECK: Check = Check {
    name: "appended",
    about: "What is sent is added to the list behind what is there; what is there already stays once, and an append of \
            nothing new changes nothing. Other documented members are refused, unknown ones are left out and named, \
            and a merge patch is not read.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = Vec::new();
        for resource in api.resources.iter().filter(|one| one.create.is_some()) {
            let Some(append) = &resource.append else {
                continue;
            };
            for name in &append.fields {
                let id = format!("{}.append.{name}", resource.name);
                subjects.push(Subject::new(
                    id,
                    &resource.name,
                    SubjectPart::Field(name.clone()),
                    &[&append.row],
                ));
            }
        }
        subjects
    },
    mutants: |_, subject| subject.mutations(&[Operator::AppendReplaces, Operator::AppendTakesAll]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    if field.max_items.is_some_and(|most| most < 2) {
        let why = format!("`{}` has no room for a second value", field.name);
        return Err(CheckError::Skip(why));
    }
    let values = added(harness, field);
    if values.windows(2).any(|pair| pair[0] == pair[1]) {
        let why = format!("`{}` has too few values to tell them apart", field.name);
        return Err(CheckError::Skip(why));
    }
    let [first, second, ..] = values.as_slice() else {
        return Err(CheckError::Inconclusive(format!(
            "`{}` has too few values",
            field.name
        )));
    };
    let with: Map<String, Value> = [(field.name.clone(), json!([first]))].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let list = |shown: &Value| shown[&field.name].as_array().cloned().unwrap_or_default();
    let before = list(&Value::Object(made.shown.clone()));
    let add = |body: &Value| harness.append(resource, &made.path, body);
    let exchange = harness.expect(200, &add(&json!({ &field.name: [second] })))?;
    let after = list(&exchange.json());
    harness.ensure(after.len() == 2 && after[..1] == before[..], || {
        format!("one is added behind {before:?}, got {after:?}")
    })?;
    let mut expected = Value::Object(made.shown.clone());
    expected[&field.name] = Value::Array(after.clone());
    if let Some(times) = &resource.times {
        expected[&times.updated] = exchange.json()[&times.updated].clone();
    }
    harness.ensure(exchange.json() == expected, || {
        "nothing but the list changes".to_owned()
    })?;
    let etag = exchange.header("etag").unwrap_or_default().to_owned();
    let mut again = vec![json!([second]), json!([first, second]), json!([])];
    if let Some(shared) = shared_of(harness, field) {
        again.push(json!([{ &shared.id: after[0][&shared.id] }]));
    }
    for sent in again {
        let idle = harness.expect(200, &add(&json!({ &field.name: sent })))?;
        harness.ensure(list(&idle.json()) == after, || {
            format!("{sent} is there already, got {:?}", list(&idle.json()))
        })?;
        let same = idle.header("etag") == Some(&etag);
        harness.ensure(same || !harness.has_tags(), || {
            "an append of nothing new keeps the ETag".to_owned()
        })?;
    }
    refused(harness, resource, field, &made)?;
    let stale = add(&json!({ &field.name: [] })).header("if-match", "\"no-such-version\"");
    harness.refused(Refusal::Precondition, &stale)?;
    let shown = harness.get(resource, &made.path)?;
    harness.ensure(list(&Value::Object(shown)) == after, || {
        "what was refused changed nothing".to_owned()
    })
}

fn refused(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
) -> Result<(), CheckError> {
    let takes = resource.append.as_ref().map_or(&[][..], |one| &one.fields);
    for other in resource
        .fields
        .iter()
        .filter(|one| !takes.contains(&one.name))
    {
        let value = made.shown.get(&other.name).cloned().unwrap_or_default();
        let request = harness.append(resource, &made.path, &json!({ &other.name: value }));
        harness.expect_violation(&request, &below("", &other.name), &["not_appended"])?;
    }
    for wrong in wrong_types(harness.api, field) {
        let request = harness.append(resource, &made.path, &json!({ &field.name: wrong }));
        harness.expect_violation(&request, &below("", &field.name), &["type"])?;
    }
    let request = harness.append(resource, &made.path, &json!({ "unheardOf": 1 }));
    if harness.api.switches.unknown_members == UnknownMembers::Reject {
        harness.expect_violation(&request, "/unheardOf", &["unknown_member"])?;
    } else {
        let unknown = harness.expect(200, &request)?;
        let tells = harness.api.dialect.unknown_members.is(UnknownMember::Named);
        let named = unknown.header("ignored-members").unwrap_or_default();
        harness.ensure(!tells || named == "unheardOf", || {
            format!("an unknown member is named, got `{named}`")
        })?;
    }
    let request = harness.append(resource, &made.path, &json!({}));
    let merge = Request {
        headers: vec![(
            "content-type".to_owned(),
            "application/merge-patch+json".to_owned(),
        )],
        ..request
    };
    harness.refused(Refusal::MediaType, &merge).map(drop)
}
