//! Objects as the document prints them.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Example};
use serde_json::Value;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::path;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "example",
    about: "An object that was loaded as the document prints it is shown member for member as it is printed; of a child, \
            an object with its members is taken.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let resource = subject.resource(api);
    if resource.parent.is_none() {
        return subject.resource_mutations(&[Operator::LoadForgets]);
    }
    let printed = example_of(api, subject).value.as_object();
    let written = resource.fields.iter().find(|field| {
        let value = printed.and_then(|map| map.get(&field.name));
        field.on_create() && !field.required && value.is_some_and(|one| !one.is_null())
    });
    let name = written.map_or("", |field| &field.name);
    subject.mutations_at(name, &[Operator::CreateForgets])
}

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for (at, example) in api.examples.iter().enumerate() {
        let id = format!("{}.example.{}", example.of, at + 1);
        subjects.push(Subject::new(
            id,
            &example.of,
            SubjectPart::Example(at),
            &[&example.row],
        ));
    }
    subjects
}

fn example_of<'a>(api: &'a Api, subject: &Subject) -> &'a Example {
    &api.examples[subject.at()]
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let example = example_of(harness.api, subject);
    let Value::Object(printed) = &example.value else {
        return Ok(());
    };
    if resource.parent.is_some() {
        let written = printed
            .iter()
            .filter(|(name, _)| resource.field(name).is_some_and(|field| field.on_create()));
        let with = written
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let made = harness.make_with(resource, &with)?;
        for (name, value) in &with {
            harness.ensure(made.shown.get(name) == Some(value), || {
                format!("`{name}` is shown as printed")
            })?;
        }
        let names: BTreeSet<&String> = made.shown.keys().collect();
        let expected: BTreeSet<&String> = printed.keys().collect();
        return harness.ensure(names == expected, || {
            format!("the members are {expected:?}, got {names:?}")
        });
    }
    let id = resource.id_in(printed).unwrap_or_default();
    let known = crate::fixtures::of(harness.api, resource, &harness.fixtures.main);
    if !known
        .iter()
        .any(|one| one.get(&resource.id) == printed.get(&resource.id))
    {
        let why = "the printed object was not loaded; see --fixtures";
        return Err(CheckError::Skip(why.to_owned()));
    }
    let shown = match resource.get {
        Some(_) => harness
            .expect(200, &Request::get(&path(resource, &[id])))?
            .json(),
        None => {
            let given = harness.given(resource, &[])?;
            let found = given.into_iter().find(|one| one.id() == id);
            found.map_or(Value::Null, |one| Value::Object(one.shown))
        }
    };
    // Members that this example lacks are documented elsewhere.
    let mut expected = example.value.clone();
    for field in resource.fields.iter().filter(|field| field.is_shown()) {
        if expected.get(&field.name).is_none() {
            expected[&field.name] = shown[&field.name].clone();
        }
    }
    harness.ensure(shown == expected, || {
        let differs = printed
            .iter()
            .find(|(name, value)| shown.get(name.as_str()) != Some(value));
        match differs {
            Some((name, value)) => format!("`{name}` is printed as {value}, got {}", shown[name]),
            None => "the object has the printed members and no others".to_owned(),
        }
    })
}
