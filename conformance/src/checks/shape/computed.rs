//! Computed members.

use fieldproof_spec::model::{Api, Derive, Field, Resource};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{accept, derive};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::other_value;

pub(crate) static CHECK: Check = Check {
    name: "computed",
    about: "The member is what the reference model computes from its parts, after a create and after each change of a \
            part, with parts missing, blank, whole and as long as they may be.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.derive.is_some()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let (resource, field) = (subject.resource(api), subject.field(api));
    let parts: Vec<&Field> = match &field.derive {
        Some(Derive::Join(parts)) => parts.iter().filter_map(|one| resource.field(one)).collect(),
        Some(Derive::Lookup { key, .. }) => resource.field(key).into_iter().collect(),
        None => Vec::new(),
    };
    let moves = parts.iter().any(|part| part.on_update());
    // A joined text can be longer than the limit of each part.
    let bounded = |part: &&&Field| most(part).is_some();
    let joined = matches!(field.derive, Some(Derive::Join(_)));
    let long = joined && parts.iter().filter(bounded).count() > 1;
    subject.mutations_where(&[
        (moves, Operator::DerivedStale),
        (true, Operator::DerivedMissing),
        (moves && long, Operator::DerivedCut),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let parts: Vec<&Field> = match &field.derive {
        Some(Derive::Join(parts)) => parts
            .iter()
            .filter_map(|part| resource.field(part))
            .collect(),
        Some(Derive::Lookup { key, .. }) => resource.field(key).into_iter().collect(),
        None => Vec::new(),
    };
    let mut with = Map::new();
    for part in &parts {
        with.insert(part.name.clone(), harness.value(resource, part, &with));
    }
    judge(
        harness,
        resource,
        field,
        &harness.make_with(resource, &Map::new())?.shown,
    )?;
    let made = harness.make_with(resource, &with)?;
    judge(harness, resource, field, &made.shown)?;
    if resource.update.is_none() {
        return Ok(());
    }
    let mut shown = made.shown.clone();
    if matches!(field.derive, Some(Derive::Join(_))) {
        shown = longest(harness, resource, field, &parts, &made.path)?.unwrap_or(shown);
    }
    for part in parts.iter().filter(|part| part.on_update()) {
        let mut values = vec![other_value(harness, resource, part, &shown)];
        if part.nullable {
            values.push(Value::Null);
        }
        if matches!(field.derive, Some(Derive::Join(_))) {
            values.push("Ä b".into());
            // The treatment of blank texts is a house convention.
            values.extend(harness.is_house().then(|| " ".into()));
        }
        values.retain(|value| {
            let legal = accept(harness.api, part, value, &shown, "", &mut Vec::new());
            value.is_null() || legal.is_some()
        });
        for value in values {
            let mut body = Map::new();
            body.insert(part.name.clone(), value);
            let exchange = harness.expect(
                200,
                &harness.change(resource, &made.path, &Value::Object(body))?,
            )?;
            if let Value::Object(after) = exchange.json() {
                judge(harness, resource, field, &after)?;
                shown = after;
            }
        }
    }
    Ok(())
}

/// The maximum length of a part, if texts of that length can be tried.
fn most(part: &Field) -> Option<u32> {
    let kind = kind(&part.ty);
    let (_, max) = kind.free().filter(|_| kind.is_bounded())?;
    Some(max)
}

/// Judges that nothing is cut if every part has its maximum length.
fn longest(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    parts: &[&Field],
    path: &str,
) -> Result<Option<Map<String, Value>>, CheckError> {
    let mut body = Map::new();
    for part in parts.iter().filter(|part| part.on_update()) {
        if let Some(max) = most(part) {
            body.insert(part.name.clone(), "é".repeat(max as usize).into());
        }
    }
    if body.is_empty() {
        return Ok(None);
    }
    let change = harness.change(resource, path, &Value::Object(body))?;
    let Value::Object(after) = harness.expect(200, &change)?.json() else {
        return harness.fail("an update answers with the object");
    };
    judge(harness, resource, field, &after)?;
    Ok(Some(after))
}

fn judge(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    shown: &Map<String, Value>,
) -> Result<(), CheckError> {
    let blank = |name: &String| {
        let text = shown.get(name).and_then(Value::as_str);
        text.is_some_and(|text| text.trim() != text || text.is_empty())
    };
    // How texts with leading or trailing spaces are joined is a house convention.
    if let Some(Derive::Join(parts)) = &field.derive
        && !harness.is_house()
        && parts.iter().any(blank)
    {
        return Ok(());
    }
    let expected = derive(harness.api, resource, shown)[&field.name].clone();
    let found = shown.get(&field.name).cloned().unwrap_or_default();
    harness.ensure(found == expected, || {
        format!("`{}` is {expected}, got {found}", field.name)
    })
}
